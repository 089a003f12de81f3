//! What the page remembers from request to request: the sitting that is on, and what became of the last one.

use crate::desk::Desk;
use crate::room::Room;
use examroom_app::live::LeftSession;
use examroom_app::view::announcement::TAKEN_OVER;
use examroom_core::journal::{AttemptId, Saved};

/// Everything that can change.
pub(crate) struct State {
    pub desk: Box<dyn Desk>,
    pub seat: Seat,
    /// What is told on the next page outside the exam room.
    pub said: Option<String>,
    /// The sitting that ended here last, whose report a page of it leads to.
    pub ended: Option<AttemptId>,
}

/// The one place of this room.
pub(crate) enum Seat {
    Free,
    Taken(Room),
    /// Somebody left, and the disk is still behind.
    Left(LeftSession),
}

impl State {
    pub fn new(desk: Box<dyn Desk>) -> Self {
        Self { desk, seat: Seat::Free, said: None, ended: None }
    }

    /// The sitting that is on.
    pub fn room(&mut self) -> Option<&mut Room> {
        match &mut self.seat {
            Seat::Taken(room) => Some(room),
            Seat::Free | Seat::Left(_) => None,
        }
    }

    /// Lets time pass, and empties the seat where the sitting is over.
    pub fn tick(&mut self) {
        if let Seat::Taken(room) = &mut self.seat {
            room.tick();
        }
        self.settle();
    }

    /// Empties the seat where the exam has ended or was taken over, and gives the attempt back once it is saved.
    pub fn settle(&mut self) {
        if let Seat::Taken(room) = &self.seat {
            let is_taken_over = room.live.saved() == Saved::TakenOver;
            if is_taken_over {
                self.leave(Some(TAKEN_OVER.to_owned()));
            } else if room.session().is_finished() {
                let said = room.message.clone();
                self.ended = Some(room.live.id());
                self.leave(said);
            }
        }
        if let Seat::Left(left) = &self.seat
            && left.saved().is_final()
            && let Seat::Left(left) = std::mem::replace(&mut self.seat, Seat::Free)
        {
            left.close();
        }
    }

    /// The finished attempt that somebody has left and the disk does not have yet, if it is this one.
    pub fn left(&mut self, id: AttemptId) -> Option<&mut LeftSession> {
        match &mut self.seat {
            Seat::Left(left) if left.id() == id && left.session().is_finished() => Some(left),
            Seat::Left(_) | Seat::Taken(_) | Seat::Free => None,
        }
    }

    /// Ends the sitting here; what is said of it.
    pub fn leave(&mut self, said: Option<String>) {
        match std::mem::replace(&mut self.seat, Seat::Free) {
            Seat::Taken(room) => {
                self.seat = Seat::Left(room.live.leave());
                self.said = said;
            }
            other => self.seat = other,
        }
    }
}
