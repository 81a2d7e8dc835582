// Number of distinct pre-tokens of the texts. Repeated ones are cached.
import { engine, packedFile } from './engine.mjs';
import { benchTexts } from './texts.mjs';

export async function printPretokens(encodings, names) {
	const { createTokenizer, readPacked } = await engine();
	const texts = benchTexts(names);
	for (const encoding of encodings) {
		const tokenizer = createTokenizer(readPacked(packedFile(encoding)).spec);
		for (const name of names) {
			const seen = new Set();
			for (const { warmUp } of Object.values(texts)) {
				for (const part of tokenizer.trace(warmUp)) seen.add(keyOf(part));
			}
			const parts = tokenizer.trace(texts[name].text).map(keyOf);
			const distinct = new Set(parts);
			const fresh = [...distinct].filter((part) => !seen.has(part)).length;
			console.log(
				`${encoding}, ${name}: ${parts.length} pre-tokens, ${distinct.size} distinct, ` +
					`${fresh} of them not in the warm-up`
			);
		}
	}
	console.log();
}

const keyOf = (part) => Buffer.from(part.bytes).toString('latin1');
