// Times the two phases of our trainer on one corpus: node train-phases.mjs CORPUS VOCABULARY
// Prints JSON. Reads in chunks as the command line does, so a large corpus is never in memory as a whole.
import { closeSync, openSync, readSync } from 'node:fs';
import { engine } from './engine.mjs';

const CHUNK_BYTES = 1 << 20;
const [corpus, size] = process.argv.slice(2);
const { createPretokenCounter, createTrainer, EXTRAS } = await engine();
const rules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'observed',
	vocabularySize: Number(size),
	minFrequency: 0,
	maxTokenLength: null,
	specialTokens: []
};

const start = process.cpuUsage();
const counter = createPretokenCounter(rules, EXTRAS);
const file = openSync(corpus, 'r');
const chunk = new Uint8Array(CHUNK_BYTES);
for (let length; (length = readSync(file, chunk)) > 0;) counter.add(chunk.subarray(0, length));
closeSync(file);
counter.endText();
const counts = counter.finish();
const countingEnd = process.cpuUsage(start).user;
const trainer = createTrainer(counts, rules);
while (!trainer.advance(1000));
const { merges } = trainer.result();
const mergingEnd = process.cpuUsage(start).user;

console.log(
	JSON.stringify({
		pretokens: counts.counts.reduce((sum, count) => sum + count, 0),
		distinct: counts.ends.length,
		symbols: counts.bytes.length,
		merges: merges.length / 2,
		countingSeconds: countingEnd / 1e6,
		mergingSeconds: (mergingEnd - countingEnd) / 1e6
	})
);
