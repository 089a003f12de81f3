//! Cliques matched with open places: a flow from cliques, of which each gives as many questions as its largest unit has,
//! into the scored and the unscored places of the cells (augmenting paths; Ford and Fulkerson 1956).

use super::{Candidate, Demand, Id, Role, Steps};

/// Places of one kind in one cell: twice the cell's number, and one more if they are unscored.
type Node = usize;

pub(super) struct Matching {
    /// How many places are open at each node.
    open: Vec<u32>,
    offers: Vec<Offer>,
    /// The cliques that can give something to each node.
    givers: Vec<Vec<usize>>,
    /// At which nodes the last search for a path has been.
    seen: Vec<bool>,
}

/// What a clique can give.
struct Offer {
    /// The size of its largest unit.
    limit: u32,
    given: u32,
    arcs: Vec<Arc>,
}

struct Arc {
    node: Node,
    /// The size of the largest unit that can stand there.
    limit: u32,
    given: u32,
    /// Of the largest, the one that has the fewest rivals.
    unit: Id,
}

impl Matching {
    pub fn new(open: &[Demand], cliques: &[Vec<(Id, Candidate)>], degree: impl Fn(Id) -> u32) -> Self {
        let open: Vec<u32> = open.iter().flat_map(|cell| [cell.scored, cell.unscored]).collect();
        let mut matching =
            Self { seen: vec![false; open.len()], givers: vec![Vec::new(); open.len()], offers: Vec::new(), open };
        for (number, clique) in cliques.iter().enumerate() {
            let limit = clique.iter().map(|(_, unit)| unit.size).max().unwrap_or(0);
            let mut arcs: Vec<Arc> = Vec::new();
            for (id, unit) in clique {
                let unscored = 2 * unit.cell + 1;
                let nodes = if unit.role == Role::Any { unscored - 1..=unscored } else { unscored..=unscored };
                for node in nodes.filter(|node| matching.open[*node] > 0) {
                    let new = Arc { node, limit: unit.size, given: 0, unit: *id };
                    match arcs.iter_mut().find(|arc| arc.node == node) {
                        None => {
                            matching.givers[node].push(number);
                            arcs.push(new);
                        }
                        Some(arc) if (new.limit, degree(arc.unit)) > (arc.limit, degree(new.unit)) => *arc = new,
                        Some(_) => {}
                    }
                }
            }
            matching.offers.push(Offer { limit, given: 0, arcs });
        }
        matching
    }

    /// Fills the open places; false as soon as one cannot be filled.
    pub fn fill(&mut self, steps: &mut Steps) -> bool {
        (0..self.open.len()).all(|node| (0..self.open[node]).all(|_| self.fill_one(node, steps)))
    }

    /// Fills as many places as can be filled; how many cannot.
    pub fn fill_all(&mut self, steps: &mut Steps) -> u32 {
        let mut short = 0;
        for node in 0..self.open.len() {
            let filled = (0..self.open[node]).take_while(|_| self.fill_one(node, steps)).count();
            self.open[node] -= u32::try_from(filled).unwrap_or(u32::MAX);
            short += self.open[node];
        }
        short
    }

    /// After [`Self::fill_all`]: the cells that share all that could fill the places left open, or hold such places.
    pub fn short_cells(&mut self) -> Vec<usize> {
        self.seen.fill(false);
        for node in 0..self.open.len() {
            if self.open[node] > 0 && !self.seen[node] {
                // It leads nowhere, and shows where it leads.
                self.find_path(node, &mut Steps { left: 0 });
            }
        }
        let mut cells: Vec<usize> = (0..self.open.len()).filter(|node| self.seen[*node]).map(|node| node / 2).collect();
        cells.dedup();
        cells
    }

    /// The units that give something.
    pub fn picks(&self) -> Vec<Id> {
        let mut picks: Vec<Id> = Vec::new();
        for offer in &self.offers {
            let of_clique = picks.len();
            for arc in offer.arcs.iter().filter(|arc| arc.given > 0) {
                if !picks[of_clique..].contains(&arc.unit) {
                    picks.push(arc.unit);
                }
            }
        }
        picks
    }

    fn fill_one(&mut self, node: Node, steps: &mut Steps) -> bool {
        self.seen.fill(false);
        self.find_path(node, steps)
    }

    /// Fills one place of a node: from a clique that has something left, or from one that can be replaced where it stands.
    fn find_path(&mut self, node: Node, steps: &mut Steps) -> bool {
        self.seen[node] = true;
        steps.take(self.givers[node].len());
        for at in 0..self.givers[node].len() {
            let offer = &mut self.offers[self.givers[node][at]];
            if offer.given < offer.limit
                && let Some(arc) = offer.arcs.iter_mut().find(|arc| arc.node == node && arc.given < arc.limit)
            {
                arc.given += 1;
                offer.given += 1;
                return true;
            }
        }
        for at in 0..self.givers[node].len() {
            let number = self.givers[node][at];
            let Some(here) = self.offers[number].arcs.iter().position(|arc| arc.node == node && arc.given < arc.limit)
            else {
                continue;
            };
            for there in 0..self.offers[number].arcs.len() {
                steps.take(1);
                let arc = &self.offers[number].arcs[there];
                if arc.given > 0 && !self.seen[arc.node] && self.find_path(arc.node, steps) {
                    let arcs = &mut self.offers[number].arcs;
                    arcs[there].given -= 1;
                    arcs[here].given += 1;
                    return true;
                }
            }
        }
        false
    }
}
