mod common;
use common::Screen;
#[test]
#[allow(clippy::all)]
fn look() {
    let pages: Vec<(String,String)> = ["people","topics","episodes","agents",""].iter().flat_map(|f| {
        let dir = std::path::Path::new("seeds").join(f);
        std::fs::read_dir(dir).unwrap().filter_map(|e| { let p = e.unwrap().path(); if p.is_file() && p.extension().is_some_and(|e| e=="md") { Some((p.strip_prefix("seeds").unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&p).unwrap())) } else {None} }).collect::<Vec<_>>()
    }).collect();
    let refs: Vec<(&str,&str)> = pages.iter().map(|(a,b)|(a.as_str(),b.as_str())).collect();
    let mut s = Screen::new(120, 34, &refs);
    s.keys("w"); println!("{}", s.frame());
    s.keys("j j"); println!("{}", s.frame());
    s.keys("<-> / t a g"); println!("{}", s.frame());
    s.keys(": x"); println!("{}", s.frame());
    s.keys("<Esc> t j <Enter> j x"); println!("{}{}", s.frame(), s.roles());
    s.keys("X <Ctrl-P> ti"); println!("{}{:?}", s.frame(), s.cursor);
    s.keys("<Esc> s tide"); println!("{}{:?}", s.frame(), s.cursor);
    s.keys("<Esc> s <Ctrl-U> / a ("); println!("{}{:?}", s.frame(), s.cursor);
    s.keys("<Esc> ?"); println!("{}{:?}", s.frame(), s.cursor);
    s.keys("<Esc> : t re"); println!("{}{:?}", s.frame(), s.cursor);
    s.keys("<Esc> T"); println!("{}{:?}", s.frame(), s.cursor);
    s.resize(40,10);
    println!("{}", s.frame());
    s.keys("<Esc> <Ctrl-P> ti"); println!("{}{:?}", s.frame(), s.cursor);
    panic!();
}
