//! The words of a query among the arguments of a process, which may begin with a dash.

use std::ffi::OsString;

use clap::CommandFactory;

use super::args::Arguments;

/// The arguments of a process with the words of a query moved behind a `--`, in their order, so that
/// `ken ls tag:a -tag:b --json` needs no quoting. The one option with one dash is `-h`; any other such
/// word belongs to the query.
pub(crate) fn words_last(all: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let all: Vec<OsString> = all.into_iter().collect();
    let command = Arguments::command();
    // Those of the tasks below, too: none means something else before the task.
    let tasks = ["ls", "search", "random"];
    let own = tasks.iter().filter_map(|task| command.find_subcommand(task));
    let valued: Vec<String> = command
        .get_arguments()
        .chain(own.flat_map(clap::Command::get_arguments))
        .filter(|argument| argument.get_action().takes_values())
        .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
        .collect();
    let is_valued = |word: &OsString| valued.iter().any(|name| word == name.as_str());
    let is_option = |word: &OsString| word.to_string_lossy().starts_with('-');
    let mut task = 1;
    while all.get(task).is_some_and(is_option) {
        task += 1 + usize::from(is_valued(&all[task]));
    }
    if !all.get(task).is_some_and(|word| tasks.iter().any(|task| word == task)) {
        return all;
    }
    let mut options = all[..=task].to_vec();
    let mut words = vec![OsString::from("--")];
    let mut rest = all[task + 1..].iter();
    while let Some(word) = rest.next() {
        let text = word.to_string_lossy();
        if text == "--" {
            words.extend(rest.by_ref().cloned());
        } else if text.starts_with("--") || text == "-h" {
            options.push(word.clone());
            if is_valued(word) {
                options.extend(rest.next().cloned());
            }
        } else {
            words.push(word.clone());
        }
    }
    if words.len() > 1 {
        options.append(&mut words);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::words_last;

    fn check(line: &str, expected: &str) {
        let words = words_last(line.split(' ').map(Into::into));
        let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn the_words_of_a_query_come_last_in_their_order() {
        check("ken ls tag:a -tag:b --json", "ken ls --json -- tag:a -tag:b");
        check("ken ls a OR -b --wiki x c", "ken ls --wiki x -- a OR -b c");
        check("ken --wiki x search -a b", "ken --wiki x search -- -a b");
        check("ken ls -h", "ken ls -h");
        check("ken ls -- --json", "ken ls -- --json");
        check("ken ls --saved x -a", "ken ls --saved x -- -a");
        check("ken show ls --width 3", "ken show ls --width 3");
    }
}
