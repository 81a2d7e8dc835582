/** `bpe-lab/drift`: compares two tokenizers and reports what changed, which output differs, and how severe that is. */
export * from '../lib/drift';
