import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveFile, saveFolder } from './save';

let folder = '';
const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bpe-lab-save-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('saveFile', () => {
	it('writes a new file, and replaces one with its permissions', async () => {
		await saveFile(at('new.json'), 'new');
		writeFileSync(at('old.json'), 'a longer former text');
		chmodSync(at('old.json'), 0o640);
		await saveFile(at('old.json'), 'text');
		expect([read('new.json'), read('old.json')]).toEqual(['new', 'text']);
		expect(statSync(at('old.json')).mode & 0o777).toBe(0o640);
		expect(readdirSync(folder)).toEqual(['new.json', 'old.json']);
	});

	it('keeps a link and replaces its target', async () => {
		writeFileSync(at('target.json'), 'former');
		symlinkSync('target.json', at('link.json'));
		await saveFile(at('link.json'), 'text');
		expect(read('target.json')).toBe('text');
		expect(readdirSync(folder)).toEqual(['link.json', 'target.json']);
	});

	it('keeps a link to nothing and makes its target', async () => {
		mkdirSync(at('inside'));
		symlinkSync('inside/next.json', at('link.json'));
		symlinkSync('target.json', at('inside/next.json'));
		await saveFile(at('link.json'), 'text');
		expect(read('inside/target.json')).toBe('text');
		expect(lstatSync(at('link.json')).isSymbolicLink()).toBe(true);
		expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
			...['inside', 'inside/next.json', 'inside/target.json', 'link.json']
		]);
	});

	it('refuses links that lead in a circle', async () => {
		symlinkSync('b', at('a'));
		symlinkSync('a', at('b'));
		await expect(saveFile(at('a'), '')).rejects.toThrow(
			/^\S+\/a: got a symbolic link that is circular/
		);
	});

	it('writes names of any length that the file system allows', async () => {
		const name = 'n'.repeat(255);
		await saveFile(at(name), 'text');
		expect(read(name)).toBe('text');
	});

	it.each(['EBUSY', 'EXDEV', 'EACCES'])(
		'writes in place if a rename fails with %s',
		async (code) => {
			writeFileSync(at('old.json'), 'a longer former text');
			const rename = vi.spyOn(promises, 'rename');
			rename.mockRejectedValueOnce(Object.assign(new Error(code), { code }));
			syncBuiltinESMExports();
			await saveFile(at('old.json'), 'text');
			expect(rename).toHaveBeenCalledOnce();
			rename.mockRestore();
			syncBuiltinESMExports();
			expect(read('old.json')).toBe('text');
			expect(readdirSync(folder)).toEqual(['old.json']);
		}
	);

	it('names the file that cannot be written', async () => {
		mkdirSync(at('out/merges.txt'), { recursive: true });
		await expect(saveFile(at('out/merges.txt'), 'text')).rejects.toThrow(
			'out/merges.txt: got a folder, expected a file'
		);
		await expect(saveFile(at('nowhere/bad'), 'text')).rejects.toThrow(
			'nowhere/bad: there is no such file'
		);
		expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['out', 'out/merges.txt']);
	});

	it('writes to a device', async () => {
		await saveFile('/dev/null', 'text');
		expect(statSync('/dev/null').isFile()).toBe(false);
	});

	it('leaves the former file and no part of the new one when it is interrupted', async () => {
		writeFileSync(at('file.json'), 'former');
		// Keep the signal from ending the test process.
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		const saving = saveFile(at('file.json'), 'text').catch(() => 'stopped');
		while (readdirSync(folder).length === 1) await new Promise((next) => setImmediate(next));
		process.emit('SIGTERM', 'SIGTERM');
		expect(await saving).toBe('stopped');
		expect(kill.mock.calls).toEqual([[process.pid, 'SIGTERM']]);
		kill.mockRestore();
		expect(read('file.json')).toBe('former');
		expect(readdirSync(folder)).toEqual(['file.json']);
	});
});

describe('saveFolder', () => {
	async function* chunks(...texts: string[]) {
		for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
	}
	const isStale = (name: string) => name.startsWith('shard-');
	const entries = (name = '') => readdirSync(at(name)).sort();

	it('makes a folder when all its files are written', async () => {
		await saveFolder(
			at('new'),
			async (files) => {
				await files.add('a', chunks('one', ' two'));
				expect(entries()).not.toContain('new');
				await files.add('b', chunks());
				await files.add('c', 'text');
			},
			isStale
		);
		expect(entries()).toEqual(['new']);
		expect(['new/a', 'new/b', 'new/c'].map(read)).toEqual(['one two', '', 'text']);
	});

	it('replaces the files of a folder, removes former ones, and leaves others', async () => {
		mkdirSync(at('old'));
		for (const name of ['list', 'shard-0', 'shard-1', 'notes'])
			writeFileSync(at(`old/${name}`), name);
		await saveFolder(
			`${at('old')}/`,
			async (files) => {
				await files.add('shard-0', chunks('new'));
				expect(read('old/shard-0')).toBe('shard-0');
				// The draft is inside the folder, and therefore on the same file system.
				expect(entries()).toEqual(['old']);
				await files.add('list', chunks('new list'));
			},
			isStale
		);
		expect(entries()).toEqual(['old']);
		expect(entries('old')).toEqual(['list', 'notes', 'shard-0']);
		expect(['list', 'notes', 'shard-0'].map((name) => read(`old/${name}`))).toEqual([
			...['new list', 'notes', 'new']
		]);
	});

	it.each(['new', 'old'])('leaves nothing in the folder %s if it fails', async (name) => {
		mkdirSync(at('old'));
		writeFileSync(at('old/shard-0'), 'former');
		const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
		const saving = saveFolder(
			at(name),
			async (files) => {
				await files.add('shard-0', chunks('new'));
				throw full;
			},
			isStale
		);
		await expect(saving).rejects.toThrow(`${name}: the disk is full`);
		expect([entries(), entries('old'), read('old/shard-0')]).toEqual([
			['old'],
			['shard-0'],
			'former'
		]);
	});

	it('leaves the former files when it is interrupted', async () => {
		mkdirSync(at('old'));
		writeFileSync(at('old/shard-0'), 'former');
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		const saving = saveFolder(
			at('old'),
			async (files) => {
				await files.add('shard-0', chunks('new'));
				process.emit('SIGINT', 'SIGINT');
				await files.add('list', chunks('new'));
			},
			isStale
		);
		await expect(saving).rejects.toThrow();
		expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
		kill.mockRestore();
		expect(entries('old')).toEqual(['shard-0']);
		expect(read('old/shard-0')).toBe('former');
	});
});
