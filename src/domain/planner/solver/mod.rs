//! The search, one file per idea: `network` (the instance as arrays) and `path` (one venue's dynamic program) below
//! everything; `price`, `bound` and `dual` prove how good a plan can be; `incumbent`, `auction`, `ejection`,
//! `neighbourhood` and `lanes` make one; `search` puts them in order. Called by `solve`; knows no names and no files.

mod auction;
mod bound;
mod dual;
mod ejection;
mod incumbent;
mod lanes;
mod meter;
mod neighbourhood;
mod network;
mod path;
mod price;
mod random;
mod search;

pub(super) use search::search;
