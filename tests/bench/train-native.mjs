// Runs Hugging Face's native trainer in its own process: node train-native.mjs CORPUS OUT
// In the npm package, `train(files)` takes no options: always 30,000 tokens, line by line, with no minimum frequency.
import { createRequire } from 'node:module';

const { BPE, Tokenizer, byteLevelPreTokenizer } = createRequire(import.meta.url)('tokenizers');
const [corpus, out] = process.argv.slice(2);
const tokenizer = new Tokenizer(BPE.empty());
tokenizer.setPreTokenizer(byteLevelPreTokenizer(false));
tokenizer.train([corpus]);
tokenizer.save(out, false);
