/** A mistake that a developer could make, expressed as an edit to one file. */
export interface PlantedFault {
	/** Short name, for `--only`. */
	readonly id: string;
	/** Path relative to the repository's root. */
	readonly file: string;
	/** Text that occurs exactly once in the file. */
	readonly find: string;
	readonly replace: string;
	/** Effect on a user. */
	readonly says: string;
	/** Files or folders of tests that reach the file without importing it, such as those that start the command line. */
	readonly also?: readonly string[];
	/**
	 * Regular expressions for the names of the files in tests/e2e that cover the affected pages; empty if no page is
	 * affected.
	 */
	readonly specs: readonly string[];
}

/** Pages that encode text. */
const ENCODING = ['compare', 'strawberry', 'own', 'tasks'];

/**
 * Forty faults in all parts of the repository, chosen without looking at which tests catch them. Half of them revert
 * earlier fixes. To keep the results of different commits comparable, replace a fault only if the feature that it
 * breaks is removed.
 */
export const FAULTS: readonly PlantedFault[] = [
	// Engine
	{
		id: 'accents-always-stripped',
		file: 'src/lib/engine/normalize/normalizer.ts',
		find: 'if (spec.strip_accents ?? spec.lowercase) {',
		replace: 'if (spec.strip_accents || spec.lowercase) {',
		says: "BERT's normalizer removes accents although the file says not to, so ids are wrong",
		specs: ENCODING
	},
	{
		id: 'posix-class-of-rust',
		file: 'src/lib/engine/text/regex/rust-to-oniguruma.ts',
		find: `['--', '~~', '[:']`,
		replace: `['--', '~~']`,
		says: 'a pattern that tiktoken reads differently is run instead of refused',
		specs: ['train', 'own']
	},
	{
		id: 'lazy-fixed-repetition',
		file: 'src/lib/engine/text/regex/oniguruma.ts',
		find: `reader.take('?') ? 'optional' : 'greedy'`,
		replace: `reader.take('?') ? 'lazy' : 'greedy'`,
		says: "{n}? repeats n times instead of being optional, so a tokenizer's own pattern splits differently",
		specs: ['train', 'own']
	},
	{
		id: 'white-space-joins-signs',
		file: 'src/lib/engine/pretokenize/scanners/cl100k.ts',
		find: '(lead === 0x20 && !(following & wordNumberSpace))',
		replace: '!(following & wordNumberSpace)',
		says: 'a tab or a newline before a sign is joined with it, so ids of GPT-4 and Llama 3 are wrong',
		specs: [...ENCODING, 'drift']
	},
	{
		id: 'metaspace-marks-twice',
		file: 'src/lib/engine/pretokenize/metaspace.ts',
		find: 'const isMarked = bytes[start] === SPACE || startsWith(bytes, start, end, mark);',
		replace: 'const isMarked = startsWith(bytes, start, end, mark);',
		says: 'text that begins with a space gets a second mark in front',
		specs: ENCODING
	},
	{
		id: 'parts-despite-ignored-merges',
		file: 'src/lib/engine/model/bpe.ts',
		find: '!byte_level && !ignore_merges && !affixes;',
		replace: '!byte_level && !affixes;',
		says: 'long text is split where part of a pre-token is a token, so ids are wrong',
		specs: [...ENCODING, 'hub']
	},
	{
		id: 'single-word-before-letters',
		file: 'src/lib/engine/added/finder.ts',
		find: '				if (to < end && isWordCharacter(codePointAt(bytes, to))) continue;\n',
		replace: '',
		says: 'an added token with single_word is found at the beginning of a longer word',
		specs: [...ENCODING, 'diff']
	},
	{
		id: 'one-mark-for-broken-bytes',
		file: 'src/lib/engine/decode/decoder.ts',
		find: `return run.map(() => '\\ufffd');`,
		replace: `return ['\\ufffd'];`,
		says: 'a run of byte tokens that is not UTF-8 decodes to too few replacement characters',
		specs: ['compare', 'diff', 'drift']
	},
	{
		id: 'stream-remembers-last-text',
		file: 'src/lib/engine/pipeline/token-content.ts',
		find: '				steps = this.#createSteps();\n				return text;',
		replace: '				return text;',
		says: 'the second text of a decode stream keeps a space that belongs to no text',
		specs: []
	},
	{
		id: 'trace-shows-inner-ranks',
		file: 'src/lib/engine/model/bpe.ts',
		find: 'ranks.push(this.#rules.displayRank(rank));',
		replace: 'ranks.push(rank);',
		says: 'merge steps name ranks that are not those of the file',
		also: ['tests/cli'],
		specs: ['strawberry', 'token', 'vocabulary', 'diff']
	},

	// Training
	{
		id: 'counts-with-byte-order-mark',
		file: 'src/lib/engine/train/counts-tsv.ts',
		find: `		if (this.#line++ === 0 && line.startsWith('\\ufeff')) line = line.slice(1);`,
		replace: '		this.#line++;',
		says: 'a table of counts that an editor saved with a byte order mark is refused',
		also: ['tests/cli'],
		specs: ['train', 'files']
	},
	{
		id: 'barred-pairs-counted',
		file: 'src/lib/engine/train/explore.ts',
		find: '				if (!mayMerge(entry)) continue;\n				distinct++;',
		replace: '				distinct++;\n				if (!mayMerge(entry)) continue;',
		says: 'Train counts pairs that may not be merged among those that the merge was chosen from',
		specs: ['train']
	},
	{
		id: 'minimum-frequency-excluded',
		file: 'src/lib/engine/train/trainer.ts',
		find: 'pairs.counts[pair] < minFrequency',
		replace: 'pairs.counts[pair] <= minFrequency',
		says: 'training ends before it merges pairs that occur exactly as often as the minimum',
		also: ['tests/cli'],
		specs: ['train']
	},

	// Tokenizer files and the Hub
	{
		id: 'cut-sentencepiece-model',
		file: 'src/lib/tokenizers/files/sentencepiece.ts',
		find: 'if (!found.has(field)) {',
		replace: 'if (!found.has(field) && pieces.length === 0) {',
		says: 'a SentencePiece model that is cut off is opened with settings that it does not have',
		also: ['tests/cli'],
		specs: ['own', 'hub']
	},
	{
		id: 'gguf-without-space',
		file: 'src/lib/tokenizers/files/llama-cpp.ts',
		find: `metadata.boolean('tokenizer.ggml.add_space_prefix') ?? true`,
		replace: `metadata.boolean('tokenizer.ggml.add_space_prefix') ?? false`,
		says: 'GGUF files of Llama 2 lose the space before the text, so first ids are wrong',
		also: ['tests/cli'],
		specs: ['own', 'hub']
	},
	{
		id: 'paths-out-of-repository',
		file: 'src/lib/session/tokenizers/hub/tokenizer-files.ts',
		find: String.raw`.every((part) => !/^\.{0,2}$|\\|%2e|%2f|%5c/i.test(part));`,
		replace: `.every((part) => part !== '');`,
		says: 'a repository of the Hub can name a file of another one, and the page loads it',
		specs: ['hub']
	},
	{
		id: 'turkish-dotless-i',
		file: 'src/lib/tokenizers/graphemes.ts',
		find: `		.split('ı')\n		.map((part) => part.toUpperCase().toLowerCase())\n		.join('ı');`,
		replace: '		.toUpperCase()\n		.toLowerCase();',
		says: 'Strawberry counts ı as i',
		specs: ['strawberry']
	},

	// Drift
	{
		id: 'no-probes-across-characters',
		file: 'src/lib/drift/probes/tokens.ts',
		find: 'if (!bytes.some((byte, i) => i > 0 && (byte & 0xc0) !== 0x80)) return;',
		replace: 'if (firstInvalidUtf8(bytes) >= 0) return;',
		says: 'the judge misses a change that shows only in tokens with parts of two characters',
		also: ['tests/cli'],
		specs: ['diff', 'drift']
	},
	{
		id: 'rows-of-extended-tokenizer',
		file: 'src/lib/tokenizers/embedding-rows.ts',
		find: '	Math.max(knownEmbeddingRows(a) ?? 0, sizeA);',
		replace: '	knownEmbeddingRows(a) ?? sizeA;',
		says: "a tokenizer that was extended past its model's padding counts as a crash beside itself",
		also: ['tests/cli'],
		specs: ['diff', 'drift']
	},
	{
		id: 'first-row-beyond-embedding',
		file: 'src/lib/drift/report.ts',
		find: 'largestIdB >= rows',
		replace: 'largestIdB > rows',
		says: 'text whose largest id is the first without an embedding row counts as silent, not as a crash',
		specs: ['diff', 'drift']
	},
	{
		id: 'probed-called-proven',
		file: 'src/lib/drift/report.ts',
		find: 'return config.every(({ proven }) => proven)',
		replace: 'return config.some(({ proven }) => proven)',
		says: 'a verdict that rests on probes is called proven, and that of an identical pair probed',
		also: ['tests/cli'],
		specs: ['diff', 'drift', 'lineages']
	},
	{
		id: 'last-template-token-hidden',
		file: 'src/lib/drift/text/diff-rows.ts',
		find: '	at = { a: a.byteEnds.length, b: b.byteEnds.length, byte: at.byte };\n',
		replace: '',
		says: 'the text comparison leaves out the tokens that a template adds after the text',
		specs: ['diff']
	},
	{
		id: 'markdown-from-token-names',
		file: 'src/lib/drift/escapes.ts',
		find: String.raw`/^(?!.*(?:www\.|\bgh-\d|\b[0-9a-f]{7,40}\b))[\p{L}\p{M}\p{N}.,;()'’“”–—→…%/+=−-]+$/iu;`,
		replace: '/^.+$/su;',
		says: 'names of tokens act as HTML, links and mentions in a report in Markdown',
		also: ['tests/cli'],
		specs: ['diff', 'exports', 'hostile']
	},

	// Links, storage and sessions
	{
		id: 'lost-hash-unnoticed',
		file: 'src/lib/session/documents/document.svelte.ts',
		find: `const isCut = settings.has(HASH_MARK) && written === '';`,
		replace: 'const isCut = false;',
		says: 'a Diff link that lost the part after # opens as a different comparison, without a word',
		specs: ['diff', 'link']
	},
	{
		id: 'renaming-adds-a-number',
		file: 'src/lib/session/tokenizers/saved-tokenizers.svelte.ts',
		find: 'name: this.#freeName(wanted, id)',
		replace: 'name: this.#freeName(wanted)',
		says: 'confirming the name of a saved tokenizer renames it to the same name with a 2',
		specs: ['own', 'storage']
	},
	{
		id: 'link-without-byte-order-mark',
		file: 'src/lib/session/documents/link-codec.ts',
		find: `new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)`,
		replace: `new TextDecoder('utf-8', { fatal: true }).decode(body)`,
		says: 'a link loses the byte order mark of its text, so counts differ',
		specs: ['link', 'compare']
	},

	// Pages
	{
		id: 'budget-in-bytes',
		file: 'src/lib/features/compare/truncate.ts',
		find: 'share: characters / countCharsOfUtf8(document),',
		replace: 'share: end / document.length,',
		says: 'Compare names a wrong share of the characters that fit in a budget',
		specs: ['compare']
	},
	{
		id: 'merges-beside-an-error',
		file: 'src/lib/features/strawberry/word-tracing.svelte.ts',
		find: 'answer === null || error !== null ? null',
		replace: 'answer === null ? null',
		says: 'Strawberry shows the merges of an earlier word beside the error about this one',
		specs: ['strawberry', 'worker']
	},
	{
		id: 'dropped-baseline-unmarked',
		file: 'src/lib/features/inflation/answers.svelte.ts',
		find: '[...new Set([this.chosen, this.baseline])]',
		replace: '[this.chosen]',
		says: 'Inflation does not say why a tokenizer that drops the baseline has no ratio',
		specs: ['inflation']
	},
	{
		id: 'late-file-replaces-corpus',
		file: 'src/lib/features/train/page.svelte.ts',
		find: 'if (train.corpus !== before) return;',
		replace: '',
		says: 'On Train, a file that takes long to read replaces the corpus that was chosen meanwhile',
		specs: ['train']
	},
	{
		id: 'controls-gone-after-error',
		file: 'src/lib/features/drift/diff/TextSection.svelte',
		find: '<details class="change">',
		replace: '<details class="change" class:gone={isOtherPair}>',
		says: "Diff hides the controls of the text when a comparison fails, so it can't be changed",
		specs: ['diff']
	},
	{
		id: 'any-word-of-a-search',
		file: 'src/lib/features/drift/gallery/filters.ts',
		find: 'return words.every((word) => text.includes(word));',
		replace: 'return words.length === 0 || words.some((word) => text.includes(word));',
		says: 'a search in the gallery for two words lists cases that have only one of them',
		specs: ['drift', 'tasks']
	},
	{
		id: 'enter-keeps-hidden-token',
		file: 'src/lib/features/vocabulary/TokenList.svelte',
		find: 'if (chosen < 0) view.value.chosen = found.ids[0];',
		replace: 'view.value.chosen ??= found.ids[0];',
		says: 'Enter in the search of Vocabulary goes on describing a token that the list does not have',
		specs: ['vocabulary', 'accessibility']
	},

	// Components
	{
		id: 'formulas-in-csv',
		file: 'src/lib/ui/table/csv.ts',
		find: String.raw`/^(?=[\t\r\n])|(?<=^|[,;\t\r\n])(?=(?:(?![\t\r\n])["\p{C}\p{Z}\p{DI}])*[=+\-@＝＋－＠])/gu;`,
		replace: String.raw`/^(?=[=+\-@\t\r\n＝＋－＠])/gu;`,
		says: 'an exported token is run as a formula by a spreadsheet that splits at semicolons',
		specs: ['exports', 'vocabulary', 'compare']
	},
	{
		id: 'enter-while-composing',
		file: 'src/lib/ui/picker/PickerContent.svelte',
		find: `event.key !== 'Enter' || event.isComposing || !isSearch`,
		replace: `event.key !== 'Enter' || !isSearch`,
		says: 'Enter that accepts the suggestion of an input method chooses a tokenizer',
		specs: ['compare', 'own', 'accessibility']
	},
	{
		id: 'sorting-unannounced',
		file: 'src/lib/ui/table/DataTable.svelte',
		find: 'aria-sort={directionOf(id, order)}',
		replace: 'data-sort={directionOf(id, order)}',
		says: 'a screen reader is not told by which column a table is sorted',
		specs: ['compare', 'inflation', 'accessibility']
	},

	// Command line
	{
		id: 'gate-hides-worst-verdict',
		file: 'src/cli/commands/gate.ts',
		find: `[...worst, ...problems].join('; ')`,
		replace: `(problems.length > 0 ? problems : worst).join('; ')`,
		says: 'the last line of gate leaves out the worst verdict if anything could not be compared',
		also: ['tests/cli'],
		specs: []
	},
	{
		id: 'exception-for-similar-folders',
		file: 'src/cli/git-tree.ts',
		find: 'path.startsWith(`${folder}/`);',
		replace: 'path.startsWith(folder);',
		says: 'gate --except models also leaves out models-old, so its drift passes',
		also: ['tests/cli'],
		specs: []
	},

	// The package, and the script that runs first on every page
	{
		id: 'web-rtc-left',
		file: 'src/lib/app/early.js',
		find: '	removeWebRtc();\n',
		replace: '',
		says: 'a script on the page can send text through WebRTC, which the policy does not cover',
		specs: ['privacy', 'everywhere']
	},
	{
		id: 'package-ignores-pattern',
		file: 'src/package/load-tokenizer.ts',
		find: '		pattern: options.pattern,\n',
		replace: '',
		says: 'loadTokenizer ignores the pattern it is given for ranks and merges without one',
		also: ['tests/package'],
		specs: []
	}
];
