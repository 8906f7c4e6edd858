//! The whole page, line by line, for a terminal that is not there: `ken show`, pipes, tests.

use super::line::Line;
use super::options::Context;
use super::page::PageLayout;

/// Gives every line of the page to `each`, from the first to the last. Holds the lines of one slot at a
/// time, so that a page of any length takes no more memory than its document.
///
/// # Errors
/// The first error of `each`; nothing is laid out after it.
pub fn show<E>(
    page: &mut PageLayout,
    context: &dyn Context,
    mut each: impl FnMut(&Line) -> Result<(), E>,
) -> Result<(), E> {
    for slot in 0..page.slot_count() {
        page.lay_once(context, slot).iter().try_for_each(&mut each)?;
    }
    Ok(())
}
