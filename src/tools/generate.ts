/** Everything that is made from npm packages before the lab can be built, tested or run. */
import { packCorpora } from './corpora/pack';
import { packDrift } from './drift/pack';
import { packFirstDrawings } from './languages/first-drawings';
import { packLanguages } from './languages/pack';
import { packFirstWord } from './spelling/pack';
import { packFirstTraining } from './training/pack';
import { packVocabularies } from './vocabularies/pack';

/** Makes what is missing or older than what it is made from. */
export async function generate(): Promise<void> {
	generateForCommands();
	packCorpora();
	packFirstTraining();
	packFirstDrawings();
	packFirstWord();
	await packDrift();
}

/** The same, of what the command line reads. */
export function generateForCommands(): void {
	packVocabularies();
	packLanguages();
}
