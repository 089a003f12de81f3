//! Matches cliques to open slots by maximum flow (augmenting paths; Ford and Fulkerson 1956).
//!
//! Each clique is a source that supplies at most as many items as its largest unit has. The scored and the unscored
//! slots of each cell are the sinks.

use super::{Demand, Id, Role, SearchUnit, StepBudget};

/// The scored or the unscored slots of one cell: twice the cell's number, plus one for the unscored slots.
type Node = usize;

/// A flow from cliques to open slots.
pub(super) struct Matching {
    /// The number of open slots at each node.
    open: Vec<u32>,
    cliques: Vec<Clique>,
    /// For each node, the cliques that can supply it.
    suppliers: Vec<Vec<usize>>,
    /// The nodes that the last search for an augmenting path has visited.
    visited: Vec<bool>,
}

/// What a clique supplies.
struct Clique {
    /// The size of its largest unit.
    capacity: u32,
    supplied: u32,
    arcs: Vec<Arc>,
}

/// What a clique supplies to one node.
struct Arc {
    node: Node,
    /// The size of the clique's largest unit that can fill slots of the node.
    capacity: u32,
    supplied: u32,
    /// That unit; of several, the one with the fewest conflicts.
    unit: Id,
}

impl Matching {
    /// An empty flow. `degree` gives the number of conflicts of a unit.
    pub fn new(open: &[Demand], cliques: &[Vec<(Id, SearchUnit)>], degree: impl Fn(Id) -> u32) -> Self {
        let open: Vec<u32> = open.iter().flat_map(|cell| [cell.scored, cell.unscored]).collect();
        let mut matching = Self {
            visited: vec![false; open.len()],
            suppliers: vec![Vec::new(); open.len()],
            cliques: Vec::new(),
            open,
        };
        for (number, clique) in cliques.iter().enumerate() {
            let capacity = clique.iter().map(|(_, unit)| unit.size).max().unwrap_or(0);
            let mut arcs: Vec<Arc> = Vec::new();
            for (id, unit) in clique {
                let unscored = 2 * unit.cell + 1;
                let nodes = if unit.role == Role::Any { unscored - 1..=unscored } else { unscored..=unscored };
                for node in nodes.filter(|node| matching.open[*node] > 0) {
                    let new = Arc { node, capacity: unit.size, supplied: 0, unit: *id };
                    match arcs.iter_mut().find(|arc| arc.node == node) {
                        None => {
                            matching.suppliers[node].push(number);
                            arcs.push(new);
                        }
                        Some(arc) if (new.capacity, degree(arc.unit)) > (arc.capacity, degree(new.unit)) => *arc = new,
                        Some(_) => {}
                    }
                }
            }
            matching.cliques.push(Clique { capacity, supplied: 0, arcs });
        }
        matching
    }

    /// Fills the open slots. Returns whether all could be filled, and stops at the first that cannot.
    pub fn fill(&mut self, budget: &mut StepBudget) -> bool {
        (0..self.open.len()).all(|node| (0..self.open[node]).all(|_| self.fill_one(node, budget)))
    }

    /// Fills as many slots as possible. Returns how many stay open.
    pub fn fill_all(&mut self, budget: &mut StepBudget) -> u32 {
        let mut short_by = 0;
        for node in 0..self.open.len() {
            let filled = (0..self.open[node]).take_while(|_| self.fill_one(node, budget)).count();
            self.open[node] -= u32::try_from(filled).unwrap_or(u32::MAX);
            short_by += self.open[node];
        }
        short_by
    }

    /// After [`Self::fill_all`], the cells that have open slots, and those that use every clique that could fill them.
    pub fn short_cells(&mut self) -> Vec<usize> {
        self.visited.fill(false);
        for node in 0..self.open.len() {
            if self.open[node] > 0 && !self.visited[node] {
                // There is no path, but the search visits every node that competes for the same cliques.
                self.find_path(node, &mut StepBudget { left: 0 });
            }
        }
        let mut cells: Vec<usize> =
            (0..self.open.len()).filter(|node| self.visited[*node]).map(|node| node / 2).collect();
        cells.dedup();
        cells
    }

    /// The units that the flow uses.
    pub fn chosen(&self) -> Vec<Id> {
        let mut chosen: Vec<Id> = Vec::new();
        for clique in &self.cliques {
            let before = chosen.len();
            for arc in clique.arcs.iter().filter(|arc| arc.supplied > 0) {
                if !chosen[before..].contains(&arc.unit) {
                    chosen.push(arc.unit);
                }
            }
        }
        chosen
    }

    fn fill_one(&mut self, node: Node, budget: &mut StepBudget) -> bool {
        self.visited.fill(false);
        self.find_path(node, budget)
    }

    /// Fills one slot of a node: from a clique with capacity to spare, or from one whose supply elsewhere another
    /// clique can replace.
    fn find_path(&mut self, node: Node, budget: &mut StepBudget) -> bool {
        self.visited[node] = true;
        budget.spend(self.suppliers[node].len());
        for at in 0..self.suppliers[node].len() {
            let clique = &mut self.cliques[self.suppliers[node][at]];
            if clique.supplied < clique.capacity
                && let Some(arc) = clique.arcs.iter_mut().find(|arc| arc.node == node && arc.supplied < arc.capacity)
            {
                arc.supplied += 1;
                clique.supplied += 1;
                return true;
            }
        }
        for at in 0..self.suppliers[node].len() {
            let number = self.suppliers[node][at];
            let Some(here) =
                self.cliques[number].arcs.iter().position(|arc| arc.node == node && arc.supplied < arc.capacity)
            else {
                continue;
            };
            for there in 0..self.cliques[number].arcs.len() {
                budget.spend(1);
                let arc = &self.cliques[number].arcs[there];
                if arc.supplied > 0 && !self.visited[arc.node] && self.find_path(arc.node, budget) {
                    let arcs = &mut self.cliques[number].arcs;
                    arcs[there].supplied -= 1;
                    arcs[here].supplied += 1;
                    return true;
                }
            }
        }
        false
    }
}
