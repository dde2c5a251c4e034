//! The menu of an office's pages: its entries, who sees them, and which one the page at hand belongs to. Templates ask for
//! it by way of the [`Shell`].

use super::shell::Shell;
use crate::domain::permission::ActionKind;

/// One entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// The areas of an office's pages: path, message, what a reader must be allowed to see the entry.
const MENU: [(&str, &str, ActionKind); 8] = [
    ("", "menu-today", ActionKind::Read),
    ("papan", "menu-board", ActionKind::Read),
    ("rencana", "menu-plans", ActionKind::Read),
    ("lokasi", "menu-venues", ActionKind::Read),
    ("peringkat", "menu-ranking", ActionKind::Read),
    ("peta", "menu-map", ActionKind::Read),
    ("target", "menu-target", ActionKind::Read),
    ("kelola", "menu-manage", ActionKind::Read),
];

/// Pages that the menu's last entry leads to by way of its own page.
const MANAGED: [&str; 14] = [
    "kalender",
    "surat-keluar",
    "ringkasan",
    "kelola",
    "perlu-keputusan",
    "total",
    "berkas",
    "tim",
    "alat",
    "cuti",
    "libur",
    "pengguna",
    "jejak",
    "pengaturan",
];

impl Shell {
    /// The menu of the office; none on pages of no office.
    pub fn menu(&self) -> Vec<MenuItem> {
        if self.office.is_none() {
            return Vec::new();
        }
        let allowed = MENU.iter().filter(|(_, _, action)| self.may(*action));
        let item = |(page, id, _): &(&str, &str, ActionKind)| {
            let href = self.place(page);
            let path = self.address.split('?').next().unwrap_or_default();
            let current = match *page {
                "" => path == href,
                "papan" => ["papan", "kegiatan"].iter().any(|page| path.starts_with(&self.place(page))),
                "kelola" => MANAGED.iter().any(|page| path.starts_with(&self.place(page))),
                _ => path.starts_with(&href),
            };
            MenuItem { href, label: self.t(id), current }
        };
        allowed.map(item).collect()
    }
}
