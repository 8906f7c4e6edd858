//! Whether a folder lies on another machine: what others write there the system here does not notice.

use std::path::{Path, PathBuf};

/// File systems that others can write to without this system's knowing.
const NETWORK: &[&str] = &[
    "9p",
    "afs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb2",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// The mounts as this process sees them, each with its number. A change of it can be waited for.
#[cfg(target_os = "linux")]
const TABLE: &str = "/proc/self/mountinfo";

/// Whether `folder` (a canonical path) lies on a file system of the network. Where the system does not list its
/// file systems they are taken for local ones.
pub(super) fn is_network(folder: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    kind_of(&mounts, folder).is_some_and(|kind| NETWORK.contains(&kind) || is_remote_fuse(kind))
}

/// Has `changed` called on a thread of its own whenever another file system lies at `folder`, until it says `false`. The
/// thread sleeps in the system until something is mounted or unmounted somewhere.
#[cfg(target_os = "linux")]
pub(super) fn watch(folder: PathBuf, changed: impl Fn() -> bool + Send + 'static) {
    use std::io::ErrorKind;
    use std::os::fd::AsRawFd;

    use filedescriptor::{Error, POLLERR, poll, pollfd};

    let wait = move || {
        let Ok(table) = std::fs::File::open(TABLE) else { return };
        let mut lies_on = mount_of(&folder);
        loop {
            // A table that changed is told of as an error of the file.
            let mut waits = [pollfd { fd: table.as_raw_fd(), events: POLLERR, revents: 0 }];
            match poll(&mut waits, None) {
                // A signal came.
                Err(Error::Poll(error)) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return,
                Ok(_) => {}
            }
            let now = mount_of(&folder);
            if std::mem::replace(&mut lies_on, now.clone()) != now && !changed() {
                return;
            }
        }
    };
    // Without that thread it is found when all is compared.
    std::thread::Builder::new().name("mounts".to_owned()).spawn(wait).ok();
}

/// Elsewhere it is found when all is compared.
#[cfg(not(target_os = "linux"))]
pub(super) fn watch(_: PathBuf, _: impl Fn() -> bool + Send + 'static) {}

/// The row of the table for the file system that holds `folder`, with the number of its mount.
#[cfg(target_os = "linux")]
fn mount_of(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string(TABLE).unwrap_or_default();
    innermost(mounts.lines(), 4, folder).map(str::to_owned)
}

/// What is served by a program may come from anywhere, but for the few kinds that are known to be on a disk.
fn is_remote_fuse(kind: &str) -> bool {
    kind.strip_prefix("fuse.").is_some_and(|of| {
        !matches!(of, "ntfs-3g" | "gocryptfs" | "encfs" | "bindfs" | "mergerfs" | "fuse-overlayfs")
    })
}

/// The kind of the file system that holds `folder`, by the text of `/proc/self/mounts`; of several at one place the
/// last, which lies on top.
fn kind_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    innermost(mounts.lines(), 1, folder)?.split(' ').nth(2)
}

/// The row of the file system that holds `folder`; field number `at` is the place of each.
fn innermost<'a>(rows: impl Iterator<Item = &'a str>, at: usize, folder: &Path) -> Option<&'a str> {
    let rows = rows.filter_map(|row| {
        let place = unescape(row.split(' ').nth(at)?);
        folder.starts_with(&place).then_some((place.components().count(), row))
    });
    rows.max_by_key(|(depth, _)| *depth).map(|(_, row)| row)
}

/// Spaces and the like are written as `\040`.
fn unescape(place: &str) -> PathBuf {
    let mut parts = place.split('\\');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let coded = part.split_at_checked(3);
        let coded = coded.map(|(code, rest)| (u8::from_str_radix(code, 8), rest));
        if let Some((Ok(byte), rest)) = coded {
            text.push(char::from(byte));
            text.push_str(rest);
        } else {
            text.push('\\');
            text.push_str(part);
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_tells_the_file_system() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n\
                      nas:/home /home nfs4 rw 0 0\n\
                      /dev/sdb1 /home/ada/local\\040disk btrfs rw 0 0\n\
                      host:/x /mnt/x fuse.sshfs rw 0 0\n\
                      broken\n";
        let check = |folder: &str, expected: &str| {
            assert_eq!(kind_of(mounts, Path::new(folder)), Some(expected), "{folder}");
        };
        check("/srv/wiki", "ext4");
        check("/homes/wiki", "ext4");
        check("/home/ada/wiki", "nfs4");
        check("/home/ada/local disk/wiki", "btrfs");
        check("/mnt/x", "fuse.sshfs");
        assert_eq!(kind_of("", Path::new("/")), None);
        let rows = ["22 1 8:1 / / rw - ext4 a rw", "30 22 0:5 / /mnt/x rw - tmpfs b rw"];
        let row = |folder| innermost(rows.into_iter(), 4, Path::new(folder));
        assert_eq!((row("/mnt/x/wiki"), row("/mnt/y")), (Some(rows[1]), Some(rows[0])));
        assert!(is_remote_fuse("fuse.sshfs") && !is_remote_fuse("fuse.gocryptfs"));
        assert!(!is_remote_fuse("ext4"));
    }
}
