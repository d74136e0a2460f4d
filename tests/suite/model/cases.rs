//! The shortest sequences of events that broke a promise once.

use super::event::Event::{self, *};
use super::play::play;

#[track_caller]
fn assert_kept(events: &[Event]) {
    if let Err(broken) = play(events) {
        panic!("{broken}");
    }
}

#[test]
fn two_files_of_one_day_swap_their_names() {
    assert_kept(&[Publish(1, 0, 2), Publish(2, 0, 2), Run(60), SwapNames(1, 2)]);
}

#[test]
fn a_file_with_another_name_has_an_earlier_date_too() {
    assert_kept(&[Publish(1, 0, 0), Run(7), ChangeDate(1), Rename(1)]);
}

#[test]
fn what_is_pushed_out_while_another_takes_its_name_has_no_other_id() {
    let events = [Publish(1, 0, 2), Limit(1), Publish(2, 0, 2), Run(60), Publish(3, 0, 0), Publish(4, 0, 2)];
    assert_kept(&[events.as_slice(), &[SwapNames(1, 2)]].concat());
}

#[test]
fn what_stays_because_too_much_went_stays_when_new_articles_come() {
    let events =
        [Publish(1, 1, 0), Publish(2, 0, 1), Run(1440), FolderGone(1), FolderGone(5), Publish(3, 0, 0)];
    assert_kept(&[events.as_slice(), &[Run(60), Publish(4, 0, 0), Publish(5, 0, 2), Run(5)]].concat());
}

#[test]
fn a_published_article_is_moved_while_the_clock_is_behind() {
    assert_kept(&[Publish(1, 1, 1), Run(7), Clock(-48), Move(1, 2), Publish(2, 0, 0)]);
    assert_kept(&[Publish(1, 1, 1), Run(7), Clock(-48), Delete(1), Publish(2, 0, 0), Embargo(3, 48), Run(5)]);
}

#[test]
fn another_article_with_the_slug_of_the_same_day_has_another_id() {
    assert_kept(&[Publish(1, 1, 1), Run(7), PublishInPlaceOf(2, 1)]);
    assert_kept(&[
        Publish(1, 1, 1),
        Run(7),
        Delete(1),
        Publish(3, 0, 0),
        Run(7),
        PublishInPlaceOf(2, 1),
        Run(7),
        Edit(2),
    ]);
}

#[test]
fn the_last_article_expires() {
    assert_kept(&[Publish(1, 0, 0), Expire(1, 30), Run(1440), Run(1440)]);
}

#[test]
fn a_feed_that_is_back_has_missed_withdrawals() {
    let before = [
        Publish(2, 1, 2),
        Publish(4, 0, 0),
        Publish(6, 1, 2),
        Publish(8, 0, 1),
        Publish(10, 1, 0),
        Tags(1),
        Run(7),
    ];
    assert_kept(&[before.as_slice(), &[Tags(0), Draft(6), Run(7), Tags(1)]].concat());
    let taken = [Tags(0), Draft(6), Draft(8), Draft(10), Draft(2), Run(7), Tags(1)];
    assert_kept(&[before.as_slice(), &taken].concat());
}

#[test]
fn a_published_article_swaps_names_with_one_that_no_feed_had_room_for() {
    let events = [Publish(5, 0, 0), Publish(8, 0, 0), Publish(0, 0, 0), Limit(1), Publish(12, 0, 0), Run(60)];
    assert_kept(&[events.as_slice(), &[SwapNames(0, 5)]].concat());
}

#[test]
fn another_article_has_the_file_of_one_that_a_feed_keeps() {
    let events = [Publish(2, 1, 1), Publish(11, 1, 1), Run(7), Move(11, 2), PublishInPlaceOf(8, 2)];
    assert_kept(&[events.as_slice(), &[Run(7), Edit(8), Run(7), Accept]].concat());
}

#[test]
fn a_page_stays_when_an_article_that_cannot_be_read_is_pushed_out() {
    let events =
        [Publish(9, 0, 2), Run(7), Break(9, 2), Publish(15, 0, 2), Publish(4, 0, 2), Publish(10, 0, 2)];
    assert_kept(&[events.as_slice(), &[Limit(1)]].concat());
}

#[test]
fn what_may_lie_in_a_broken_file_is_withdrawn_when_it_does_not() {
    let events = [Publish(4, 1, 1), Publish(12, 1, 1), Break(12, 1), Publish(15, 1, 1), Run(1440)];
    let pushed_out =
        [events.as_slice(), &[Publish(8, 1, 1), Limit(1), Embargo(13, 1), Delete(4), Run(60)]].concat();
    assert_kept(&pushed_out);
    assert_kept(&[&pushed_out[..], &[Mend(12)]].concat());
    assert_kept(&[&pushed_out[..], &[Undelete(4), Run(7), Mend(12), Run(7), Delete(4)]].concat());
}

#[test]
fn an_article_whose_file_another_one_took_lies_in_no_broken_file() {
    let events = [Publish(1, 1, 0), Publish(15, 1, 0), Run(1440), Publish(11, 1, 2), Move(15, 1)];
    let taken = [events.as_slice(), &[PublishInPlaceOf(8, 1), Withdraw(11), Run(60), Break(11, 2)]].concat();
    assert_kept(&[&taken[..], &[Accept]].concat());
    assert_kept(&[&taken[..], &[Move(15, 0)]].concat());
}

#[test]
fn an_article_leaves_a_folder_that_nobody_can_list() {
    assert_kept(&[Publish(0, 0, 0), Run(1440), Move(0, 1), Unlist(0)]);
    assert_kept(&[Publish(0, 0, 0), Run(1440), Move(0, 1), Rename(0), Unlist(0), Run(7), Relist]);
    assert_kept(&[Publish(0, 0, 0), Run(1440), Move(0, 1), Withdraw(0), Unlist(0), Run(7), Relist]);
}

#[test]
fn an_article_is_withdrawn_beside_a_feed_that_stays_as_it_was() {
    let events = [Publish(11, 1, 0), Publish(1, 1, 0), Publish(15, 1, 0), Run(1440), Move(15, 1)];
    let withdrawn = [events.as_slice(), &[PublishInPlaceOf(8, 1), Withdraw(11)]].concat();
    assert_kept(&withdrawn);
    assert_kept(&[&withdrawn[..], &[Run(7), Restore(11), Run(7), Accept]].concat());
}

#[test]
fn a_document_that_is_read_back_tells_what_was_withdrawn_from_it() {
    let events = [Publish(14, 1, 0), Publish(3, 0, 0), Archive(1), Run(7), Draft(3), LoseLedger];
    assert_kept(&[events.as_slice(), &[Restore(3), LoseLedger]].concat());
}

#[test]
fn what_stands_in_a_document_of_a_feed_that_never_listed_it_is_withdrawn_there_too() {
    let articles = [12, 1, 15, 13, 11].map(|article| Publish(article, 0, u8::from(article != 12) + 1));
    let events = [&[Archive(1), Limit(1)], articles.as_slice(), &[Run(7), Withdraw(12)]].concat();
    assert_kept(&events);
    assert_kept(&[events.as_slice(), &[Run(7), Restore(12), Run(7)]].concat());
}
