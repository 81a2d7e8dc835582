import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveFiles } from './save';

let folder = '';
const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bpe-lab-save-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('saveFiles', () => {
	it('writes a new file, and replaces one with its permissions', async () => {
		await saveFiles([{ path: at('new.json'), text: 'new' }], null);
		writeFileSync(at('old.json'), 'a longer former text');
		chmodSync(at('old.json'), 0o640);
		await saveFiles([{ path: at('old.json'), text: 'text' }], null);
		expect([read('new.json'), read('old.json')]).toEqual(['new', 'text']);
		expect(statSync(at('old.json')).mode & 0o777).toBe(0o640);
		expect(readdirSync(folder)).toEqual(['new.json', 'old.json']);
	});

	it('keeps a link and replaces its target', async () => {
		writeFileSync(at('target.json'), 'former');
		symlinkSync('target.json', at('link.json'));
		await saveFiles([{ path: at('link.json'), text: 'text' }], null);
		expect(read('target.json')).toBe('text');
		expect(readdirSync(folder)).toEqual(['link.json', 'target.json']);
	});

	it('makes a folder with all its files', async () => {
		const files = ['a', 'b'].map((name) => ({ path: at(`new/${name}`), text: name }));
		await saveFiles(files, at('new'));
		expect(readdirSync(folder)).toEqual(['new']);
		expect(['new/a', 'new/b'].map(read)).toEqual(['a', 'b']);
	});

	it('writes to a device', async () => {
		await saveFiles([{ path: '/dev/null', text: 'text' }], null);
		expect(statSync('/dev/null').isFile()).toBe(false);
	});

	it('changes no file if one of them cannot be written', async () => {
		writeFileSync(at('good'), 'former');
		const files = [
			{ path: at('good'), text: 'text' },
			{ path: at('nowhere/bad'), text: 'text' }
		];
		await expect(saveFiles(files, null)).rejects.toThrow('ENOENT');
		expect(read('good')).toBe('former');
		expect(readdirSync(folder)).toEqual(['good']);
	});

	it('leaves the former file and no part of the new one when it is interrupted', async () => {
		writeFileSync(at('file.json'), 'former');
		// In place of the end of the process.
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		const draft = at(`.file.json.${process.pid}`);
		const saving = saveFiles([{ path: at('file.json'), text: 'text' }], null).catch(
			() => 'stopped'
		);
		while (!existsSync(draft)) await new Promise((next) => setImmediate(next));
		process.emit('SIGTERM', 'SIGTERM');
		expect(await saving).toBe('stopped');
		expect(kill.mock.calls).toEqual([[process.pid, 'SIGTERM']]);
		kill.mockRestore();
		expect(read('file.json')).toBe('former');
		expect(readdirSync(folder)).toEqual(['file.json']);
	});
});
