import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteSource, ByteTable } from './byte-table';

const key = fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.map((byte) => byte % 3));

it('finds only the added keys, wherever they are read from', () => {
	fc.assert(
		fc.property(
			fc.array(key, { maxLength: 200 }),
			fc.array(key),
			fc.boolean(),
			(added, sought, mostlyAbsent) => {
				const map = new Map<string, number>();
				const all = new ByteSource(Uint8Array.from(added.flatMap((bytes) => [...bytes])));
				const table = new ByteTable(all, 1, mostlyAbsent);
				let at = 0;
				for (const bytes of added) {
					if (!map.has(String(bytes))) {
						map.set(String(bytes), map.size + 1);
						table.add(all, at, bytes.length, map.size);
					}
					at += bytes.length;
				}
				expect(table.size).toBe(map.size);
				for (const bytes of [...added, ...sought]) {
					// At the end of a buffer, where eight bytes cannot be read together, and before it.
					for (const slack of [0, 3, 8]) {
						const padded = new Uint8Array(2 + bytes.length + slack).fill(1);
						padded.set(bytes, 2);
						const found = table.get(new ByteSource(padded), 2, bytes.length);
						expect(found).toBe(map.get(String(bytes)) ?? 0);
					}
				}
			}
		)
	);
});

it('distinguishes keys that only differ in trailing zero bytes', () => {
	const source = new ByteSource(Uint8Array.of(7, 0, 0, 0));
	const table = new ByteTable(source, 4);
	table.add(source, 0, 1, 1);
	table.add(source, 0, 3, 3);
	expect([1, 2, 3, 4].map((length) => table.get(source, 0, length))).toEqual([1, 0, 3, 0]);
});
