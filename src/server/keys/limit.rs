//! How often one caller may ask.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// How often the addresses that have not asked for long are forgotten, in requests.
const FORGET: u32 = 1024;

/// So many requests a minute, all at once if need be, for one caller.
pub(super) struct Limit(Option<DefaultDirectRateLimiter>);

impl Limit {
    /// This many; 0 does not limit.
    pub(super) fn a_minute(requests: u32) -> Self {
        Self(NonZeroU32::new(requests).map(|requests| RateLimiter::direct(Quota::per_minute(requests))))
    }

    /// Counts a request, or tells after how many seconds there is room for it.
    pub(super) fn count(&self) -> Result<(), u64> {
        match &self.0 {
            Some(limiter) => limiter
                .check()
                .map_err(|not| whole_seconds(not.wait_time_from(DefaultClock::default().now()))),
            None => Ok(()),
        }
    }
}

/// So many requests a minute for every address.
pub(super) struct AddressLimit {
    limiter: Option<RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>>,
    counted: AtomicU32,
}

impl AddressLimit {
    /// This many; 0 does not limit.
    pub(super) fn a_minute(requests: u32) -> Self {
        Self {
            limiter: NonZeroU32::new(requests).map(|requests| RateLimiter::hashmap(Quota::per_minute(requests))),
            counted: AtomicU32::new(0),
        }
    }

    /// Counts a request, or tells after how many seconds there is room for it.
    pub(super) fn count(&self, address: IpAddr) -> Result<(), u64> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET == FORGET - 1 {
            limiter.retain_recent();
        }
        limiter
            .check_key(&network(address))
            .map_err(|not| whole_seconds(not.wait_time_from(DefaultClock::default().now())))
    }
}

/// One household has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        four => four,
    }
}

fn whole_seconds(wait: std::time::Duration) -> u64 {
    wait.as_secs() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_lets_so_many_through_and_tells_when_there_is_room() {
        let limit = Limit::a_minute(3);
        assert_eq!([limit.count(), limit.count(), limit.count()], [Ok(()); 3]);
        // One every twenty seconds.
        assert!((19..=21).contains(&limit.count().unwrap_err()));
        assert!((0..1000).all(|_| Limit::a_minute(0).count().is_ok()));
    }

    #[test]
    fn addresses_are_counted_apart_but_not_those_of_one_household() {
        let limit = AddressLimit::a_minute(1);
        let count = |address: &str| limit.count(address.parse().unwrap()).is_ok();
        assert!(count("192.0.2.1") && count("192.0.2.2") && !count("192.0.2.1"));
        assert!(count("2001:db8::1") && !count("2001:db8::ffff:2") && count("2001:db8:0:1::1"));
    }
}
