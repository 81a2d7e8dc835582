import type { PostProcessorSpec, TemplatePiece } from '../../engine';

/** Template that puts BOS before each text and EOS after it; `null` if there is neither. */
export function bosTemplate(
	tokens: readonly string[],
	{ bos, eos }: { readonly bos: number | null; readonly eos: number | null }
): PostProcessorSpec | null {
	if (bos === null && eos === null) return null;
	const around = (id: 'A' | 'B', type_id: number): TemplatePiece[] => [
		...piece(bos, type_id),
		{ Sequence: { id, type_id } },
		...piece(eos, type_id)
	];
	const piece = (id: number | null, type_id: number): TemplatePiece[] =>
		id === null ? [] : [{ SpecialToken: { id: tokens[id], type_id } }];
	const used = [bos, eos].filter((id): id is number => id !== null);
	return {
		type: 'TemplateProcessing',
		single: around('A', 0),
		pair: [...around('A', 0), ...around('B', 1)],
		special_tokens: Object.fromEntries(
			used.map((id) => [tokens[id], { id: tokens[id], ids: [id], tokens: [tokens[id]] }])
		)
	};
}
