//! One round: each kind of work once, every time beside its reference.

use crate::afresh;
use crate::feedmill::Feedmill;
use crate::peer::Peer;
use crate::process::Run;
use crate::reference::Reference;
use crate::shape::Shape;
use crate::tree::Tree;
use crate::work::Work;

/// One kind of work, what it is measured against, and the runs so far.
pub struct Contest {
    pub work: Work,
    /// How many times the reference's time the build may take.
    pub bar: Option<f64>,
    pub reference: Option<Reference>,
    pub feedmill_runs: Vec<Run>,
    pub reference_runs: Vec<Run>,
}

impl Contest {
    /// What there is to do with such a newsroom, in the order of a round.
    pub fn all(shape: &Shape, ripgrep: Option<Reference>, find: Option<Reference>) -> Vec<Contest> {
        let works = if shape.has_bars() { &Work::ALL[..] } else { &Work::ALL[..3] };
        let contest = |&work| {
            let reference = if work == Work::Cold { ripgrep } else { find };
            Contest {
                work,
                bar: bar(shape, work),
                reference,
                feedmill_runs: Vec::new(),
                reference_runs: Vec::new(),
            }
        };
        works.iter().map(contest).collect()
    }
}

/// What the project wants of itself.
fn bar(shape: &Shape, work: Work) -> Option<f64> {
    match work {
        _ if !shape.has_bars() => None,
        Work::Cold => Some(1.5),
        Work::Unchanged => Some(1.3),
        Work::OneChanged => Some(1.4),
        Work::OneDeleted | Work::NewSection | Work::HundredChanged => None,
    }
}

/// Runs every contest once, reference first, and the peers after the cold build. What it leaves is what a build from nothing gives, or it fails.
pub fn run(
    tree: &mut Tree,
    number: usize,
    contests: &mut [Contest],
    peers: &mut [Peer],
) -> Result<(), String> {
    for contest in contests {
        if let Some(reference) = contest.reference {
            contest.reference_runs.push(reference.run(tree)?);
        }
        contest.feedmill_runs.push(contest.work.run(&Feedmill::default(), tree, number)?);
        if contest.work == Work::Cold && number <= Peer::ROUNDS {
            peers.iter_mut().try_for_each(|peer| peer.run(tree))?;
        }
    }
    afresh::expect_the_same(tree).map_err(|message| format!("after round {number}: {message}"))?;
    tree.restore()
}
