//! The commands without a terminal, each as a process of its own.

mod cache;
mod commands;
mod linear;
mod repair;
mod show;
mod web;
