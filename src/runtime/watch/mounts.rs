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

/// Whether `folder` (a canonical path) lies on a file system of the network. Where the system does not list its
/// file systems they are taken for local ones.
pub(super) fn is_network(folder: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    kind_of(&mounts, folder).is_some_and(|kind| NETWORK.contains(&kind) || is_remote_fuse(kind))
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
    let mounts = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (place, kind) = (unescape(fields.next()?), fields.next()?);
        folder.starts_with(&place).then_some((place.components().count(), kind))
    });
    mounts.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
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
        assert!(is_remote_fuse("fuse.sshfs") && !is_remote_fuse("fuse.gocryptfs"));
        assert!(!is_remote_fuse("ext4"));
    }
}
