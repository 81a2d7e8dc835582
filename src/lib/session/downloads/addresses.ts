/** Addresses of the packed vocabularies, hashed by their content in a build, by tokenizer id. */
export const VOCABULARY_ADDRESSES: ReadonlyMap<string, string> = new Map(
	Object.entries(
		import.meta.glob<string>('../../generated/*.bin', {
			eager: true,
			query: '?url',
			import: 'default'
		})
	).map(([path, address]) => [path.slice('../../generated/'.length, -'.bin'.length), address])
);
