//! The portal: pages made on the server that need no script, in Chinese or English.
//!
//! `visit` reads who asks and answers; `frame` is what every page has around it; a page is a file of its own.

mod address;
mod article;
mod asked;
mod assets;
mod browse;
mod description;
mod embed;
mod feed;
mod frame;
mod highwire;
mod hit;
mod home;
mod linked_data;
mod lost;
mod paging;
mod plain;
mod reference;
mod refusal;
mod results;
mod routes;
mod running;
mod search;
mod sitemap;
mod source;
mod status;
mod suggest;
mod visit;
mod words;

pub use routes::routes;
