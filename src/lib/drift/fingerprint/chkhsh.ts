import type { Tokenizer } from '../../engine';
import { encodeUtf8, hexOf } from '../../engine/text';
import { type Sha256 } from '../sha256';

/** `CHK_TXT` of llama.cpp's `convert_hf_to_gguf_update.py`, character by character. */
const CHK_TXT =
	"\n \n\n \n\n\n \t \t\t \t\n  \n   \n    \n     \n🚀 (normal) 😶\u200d🌫️ (multiple emojis concatenated) ✅ 🦙🦙 3 33 333 3333 33333 333333 3333333 33333333 3.3 3..3 3...3 កាន់តែពិសេសអាច😁 ?我想在apple工作1314151天～ ------======= нещо на Български ''''''```````\"\"\"\"......!!!!!!?????? I've been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL";

/**
 * llama.cpp's `chkhsh`, by which it chooses the pre-tokenizer of byte-level models: SHA-256 of the list of ids as
 * Python prints it, with the tokens of the template.
 */
export async function chkhsh(tokenizer: Tokenizer, sha256: Sha256): Promise<string> {
	return hexOf(await sha256(encodeUtf8(`[${chkIds(tokenizer).join(', ')}]`)));
}

export const chkIds = (tokenizer: Tokenizer): Uint32Array =>
	tokenizer.encode(CHK_TXT, { special: 'parse', addSpecialTokens: true }).ids;
