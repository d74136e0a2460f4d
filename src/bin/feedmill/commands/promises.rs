//! What subscribers were promised, as far as it has been read: of a run in which nothing has changed only whether it is as it was
//! left is asked.

use super::hindrance::Hindrance;
use crate::disk::{self, past, read::DiskNewsroom};
use crate::site::Site;
use feedmill::diagnostic::Diagnostic;
use feedmill::digest::Digest;
use feedmill::ledger::{Ledger, Unread};

/// The ledger.
pub enum Promises {
    /// As it lies on the disk.
    Unread(Unread),
    /// As it was found out in other ways.
    Read(Box<Ledger>),
}

impl Promises {
    /// Finds what the ledger says, or, where there is none, the feeds that subscribers have. What stands in the documents of
    /// the archives is known as it is remembered, or, where that is lost, as they tell themselves.
    pub fn find(site: &Site) -> Result<Promises, Hindrance> {
        Promises::look(site).map_err(|fault| Hindrance::from(vec![fault]))
    }

    fn look(site: &Site) -> Result<Promises, Diagnostic> {
        let published = || DiskNewsroom::new(site.output.clone());
        let (ledger, archive) = (disk::ledger::find(&site.state)?, disk::archive::read(&site.state)?);
        let is_told = archive.is_some() || !site.settings.feeds.have_archive();
        let archive = archive.unwrap_or_default();
        Ok(match ledger {
            Some(unread) if is_told => Promises::Unread(unread.with_archive(archive)),
            ledger => {
                let recovered = || Ledger::recovered(&published(), &site.settings);
                let ledger = ledger.map_or_else(|| Ok(recovered()), Unread::read)?;
                let ledger = ledger.with_past(past::open(&site.state));
                let with_documents = match is_told {
                    true => ledger.with_archive(archive),
                    false => ledger.with_documents(published()),
                };
                Promises::Read(Box::new(with_documents))
            }
        })
    }

    /// As [`Ledger::digest`].
    pub fn digest(&self) -> Digest {
        match self {
            Promises::Unread(unread) => unread.digest(),
            Promises::Read(ledger) => ledger.digest(),
        }
    }

    /// Reads it.
    pub fn read(self, site: &Site) -> Result<Ledger, Hindrance> {
        let unread = match self {
            Promises::Unread(unread) => unread,
            Promises::Read(ledger) => return Ok(*ledger),
        };
        let ledger = unread.read().map_err(|fault| Hindrance::from(vec![fault]))?;
        Ok(ledger.with_past(past::open(&site.state)))
    }
}
