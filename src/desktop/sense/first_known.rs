//! Two ways to find out the same: the second is asked only where the first cannot tell.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Post, Report, Says, Sense, Word};

/// A sensor that is made of two.
pub struct FirstKnown {
    first: Box<dyn Sense>,
    shared: Arc<Shared>,
}

struct Shared {
    second: Mutex<Box<dyn Sense>>,
    words: Mutex<Words>,
}

struct Words {
    watching: bool,
    first: Option<Word>,
    second: Option<Word>,
    post: Post<Word>,
    report: Report,
}

impl FirstKnown {
    /// Each of the two is made with the place where it is to report.
    pub fn new(
        post: &Post<Word>,
        first: impl FnOnce(&Post<Word>) -> Box<dyn Sense>,
        second: impl FnOnce(&Post<Word>) -> Box<dyn Sense>,
    ) -> Self {
        let shared = Arc::new_cyclic(|shared: &std::sync::Weak<Shared>| {
            let shared = std::sync::Weak::clone(shared);
            let posted: Post<Word> = Arc::new(move |word| {
                if let Some(shared) = shared.upgrade() {
                    shared.second_says(word);
                }
            });
            Shared {
                second: Mutex::new(second(&posted)),
                words: Mutex::new(Words {
                    watching: false,
                    first: None,
                    second: None,
                    post: Post::clone(post),
                    report: Report::new(Post::clone(post)),
                }),
            }
        });
        let told = Arc::downgrade(&shared);
        let posted: Post<Word> = Arc::new(move |word| {
            if let Some(shared) = told.upgrade() {
                shared.first_says(word);
            }
        });
        Self {
            first: first(&posted),
            shared,
        }
    }
}

impl Sense for FirstKnown {
    fn watch(&mut self, on: bool) {
        lock(&self.shared.words).begin(on);
        if !on {
            lock(&self.shared.second).watch(false);
        }
        self.first.watch(on);
    }
}

impl Shared {
    fn first_says(&self, word: Word) {
        // Held all the while, so that of two words in a row the later one decides.
        let mut second = lock(&self.second);
        let needed = word.says == Says::Unknown;
        {
            let mut words = lock(&self.words);
            if !words.watching {
                return;
            }
            words.first = Some(word);
            if !needed {
                words.second = None;
            }
            words.say();
        }
        // It may answer at once, and then needs the words.
        second.watch(needed);
    }

    fn second_says(&self, word: Word) {
        let mut words = lock(&self.words);
        if words.watching {
            words.second = Some(word);
            words.say();
        }
    }
}

impl Words {
    fn begin(&mut self, on: bool) {
        self.watching = on;
        (self.first, self.second) = (None, None);
        // Whoever begins to watch is told how things stand, news or not.
        self.report = Report::new(Post::clone(&self.post));
    }

    fn say(&mut self) {
        let (Some(first), second) = (&self.first, &self.second) else {
            return;
        };
        match second {
            _ if first.says != Says::Unknown => self.report.say(first.clone()),
            // The other one has not had its say yet.
            None => {}
            Some(second) if second.says == Says::Unknown => self.report.say(first.clone()),
            Some(second) => self.report.say(second.clone()),
        }
    }
}

fn lock<T: ?Sized>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::desktop::sense::Why;

    /// A sensor that says what the test lets it say.
    #[derive(Clone, Default)]
    struct Said {
        post: Arc<Mutex<Option<Post<Word>>>>,
        watching: Arc<Mutex<bool>>,
    }

    impl Said {
        fn says(&self, word: Word) {
            let post = self.post.lock().unwrap().clone().unwrap();
            post(word);
        }
    }

    impl Sense for Said {
        fn watch(&mut self, on: bool) {
            *self.watching.lock().unwrap() = on;
        }
    }

    fn both() -> (FirstKnown, Said, Said, mpsc::Receiver<Word>) {
        let (sender, words) = mpsc::channel();
        let post: Post<Word> = Arc::new(move |word| sender.send(word).unwrap());
        let (first, second) = (Said::default(), Said::default());
        let made = |said: &Said| {
            let said = said.clone();
            move |post: &Post<Word>| -> Box<dyn Sense> {
                *said.post.lock().unwrap() = Some(Post::clone(post));
                Box::new(said)
            }
        };
        let sensor = FirstKnown::new(&post, made(&first), made(&second));
        (sensor, first, second, words)
    }

    fn known(so: bool) -> Word {
        Word::known(so, "test", Why::Told)
    }

    fn unknown(by: &str) -> Word {
        Word::unknown(by, Why::DoesNotTell)
    }

    #[test]
    fn the_second_rests_while_the_first_knows() {
        let (mut sensor, first, second, words) = both();
        sensor.watch(true);
        first.says(known(true));
        assert_eq!(words.try_recv(), Ok(known(true)));
        assert!(!*second.watching.lock().unwrap());

        first.says(unknown("first"));
        assert!(*second.watching.lock().unwrap());
        second.says(known(false));
        assert_eq!(words.try_recv(), Ok(known(false)));
        first.says(known(true));
        assert_eq!(words.try_recv(), Ok(known(true)));
        assert!(!*second.watching.lock().unwrap());
    }

    #[test]
    fn where_nobody_can_tell_the_first_says_why() {
        let (mut sensor, first, second, words) = both();
        sensor.watch(true);
        first.says(unknown("first"));
        assert!(words.try_recv().is_err());
        second.says(unknown("second"));
        assert_eq!(words.try_recv(), Ok(unknown("first")));

        sensor.watch(false);
        assert!(!*second.watching.lock().unwrap());
        second.says(known(true));
        first.says(known(true));
        assert!(words.try_recv().is_err());
        sensor.watch(true);
        first.says(known(true));
        assert_eq!(words.try_recv(), Ok(known(true)));
    }
}
