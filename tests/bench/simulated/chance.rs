//! A small source of chance with the distributions that the simulated districts need; the same seed, the same district.

/// `SplitMix64` (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Chance {
    /// The seed is mixed first: else the stream of each seed would be that of the one before, one number later, and
    /// districts of different seeds would share their venues.
    pub fn new(seed: u64) -> Self {
        Self(mix(seed.wrapping_add(STEP)))
    }

    /// A stream of its own for each pair of numbers of a seed, such as a venue and a day: whoever asks first.
    pub fn of(seed: u64, which: u64, when: u64) -> Self {
        Self(mix(mix(mix(seed.wrapping_add(STEP)).wrapping_add(which)).wrapping_add(when)))
    }

    /// Above 0 and below 1.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(STEP);
        ((mix(self.0) >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Uniform in 0..n.
    pub fn below(&mut self, n: u32) -> u32 {
        (self.uniform() * f64::from(n)) as u32
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma of this shape and mean (Marsaglia and Tsang 2000).
    pub fn gamma(&mut self, shape: f64, mean: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0, mean * (shape + 1.0) / shape) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * mean / shape;
            }
        }
    }

    /// Poisson, as a sum of small ones, each by counting arrivals.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let (mut left, mut count) = (mean, 0);
        while left > 0.0 {
            let (limit, mut product) = ((-left.min(20.0)).exp(), self.uniform());
            while product > limit {
                count += 1;
                product *= self.uniform();
            }
            left -= 20.0;
        }
        count
    }
}
