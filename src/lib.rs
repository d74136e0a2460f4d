//! x
#![allow(missing_docs)]
pub mod address;
pub mod article;
pub mod catalog;
pub mod diagnostic;
pub mod encode;
pub mod feed;
pub mod identity;
pub mod language;
pub mod masthead;
pub mod newsroom;
pub mod pattern;
pub mod person;
pub mod plan;
pub mod publication;
pub mod render;
pub mod settings;
pub mod syntax;
pub mod text;
