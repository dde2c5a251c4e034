//! The figures that `/metrics` prints. Each room offers its own; the composition root connects them to this registry.

use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;

/// All figures of one process.
#[derive(Clone, Debug)]
pub struct Registry {
    inner: Arc<prometheus_client::registry::Registry>,
    requests: Family<RequestLabels, Counter>,
    latency: Family<RouteLabels, Histogram, fn() -> Histogram>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

/// A figure that is read when it is printed.
pub struct Reading {
    pub name: &'static str,
    pub help: &'static str,
    pub kind: ReadingKind,
    pub read: Box<dyn Fn() -> i64 + Send + Sync>,
}

/// Whether a figure only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingKind {
    Counter,
    Gauge,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Upper ends of the latency buckets, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

impl Registry {
    pub fn new(readings: Vec<Reading>) -> Self {
        let mut inner = prometheus_client::registry::Registry::with_prefix("jemputbola");
        let requests = Family::default();
        let latency = Family::new_with_constructor(HISTOGRAM);
        inner.register("http_requests", "Requests by route and status", requests.clone());
        inner.register("http_request_seconds", "Time to answer", latency.clone());
        inner.register_collector(Box::new(Readings(readings)));
        Self { inner: Arc::new(inner), requests, latency }
    }

    pub fn count_request(&self, method: &str, route: &str, status: u16, seconds: f64) {
        let (method, route) = (method.to_owned(), route.to_owned());
        self.latency.get_or_create(&RouteLabels { route: route.clone() }).observe(seconds);
        self.requests.get_or_create(&RequestLabels { method, route, status }).inc();
    }

    /// Everything in the text format of `OpenMetrics`.
    pub fn print(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        prometheus_client::encoding::text::encode(&mut text, &self.inner).ok();
        text
    }
}

const HISTOGRAM: fn() -> Histogram = || Histogram::new(SECONDS);

#[derive(Debug)]
struct Readings(Vec<Reading>);

impl Collector for Readings {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        for reading in &self.0 {
            let value = (reading.read)();
            match reading.kind {
                ReadingKind::Counter => {
                    let counter = ConstCounter::new(u64::try_from(value).unwrap_or_default());
                    let metric = encoder.encode_descriptor(reading.name, reading.help, None, counter.metric_type())?;
                    counter.encode(metric)?;
                }
                ReadingKind::Gauge => {
                    let gauge = ConstGauge::new(value);
                    let metric = encoder.encode_descriptor(reading.name, reading.help, None, gauge.metric_type())?;
                    gauge.encode(metric)?;
                }
            }
        }
        Ok(())
    }
}
