// Before each file of unit tests: all words are there, as they are in an app that has been open for a moment.

import { loadWords } from './words'

await loadWords()
