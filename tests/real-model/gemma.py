"""Gemma 3 in numpy: reads a GGUF file, dequantizes it and runs the forward pass.

Formats: ggml's GGUF version 3 and its block types F32, Q4_K, Q5_0, Q6_K and Q8_0.
Architecture: "Gemma 3 Technical Report", arXiv 2503.19786; in a GGUF file the norms'
weights already include the 1 that the model adds to them.
"""

import mmap
import struct
from pathlib import Path

import numpy as np

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9

# Every sixth layer attends to the whole text; the others see a sliding window.
GLOBAL_EVERY = 6
# The rotary base of sliding-window layers, which GGUF does not carry.
LOCAL_ROPE_BASE = 10_000.0


class GgufReader:
    """Metadata and tensors of a GGUF file."""

    def __init__(self, path: Path):
        with path.open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.offset = 0
        magic, version = self.data[:4], struct.unpack_from("<I", self.data, 4)[0]
        if magic != b"GGUF" or version != 3:
            raise ValueError(f"{path}: got {magic!r} version {version}, expected GGUF version 3")
        self.offset = 8
        tensor_count, field_count = self.scalar("Q"), self.scalar("Q")
        self.fields = {self.string(): self.value(self.scalar("I")) for _ in range(field_count)}
        self.tensors = {}
        for _ in range(tensor_count):
            name = self.string()
            shape = tuple(self.scalar("Q") for _ in range(self.scalar("I")))
            # The fastest dimension comes first in the file and last in numpy.
            self.tensors[name] = (shape[::-1], self.scalar("I"), self.scalar("Q"))
        alignment = self.fields.get("general.alignment", 32)
        self.base = -(-self.offset // alignment) * alignment

    def scalar(self, code: str):
        (value,) = struct.unpack_from(f"<{code}", self.data, self.offset)
        self.offset += struct.calcsize(f"<{code}")
        return value

    def string(self) -> str:
        length = self.scalar("Q")
        self.offset += length
        return self.data[self.offset - length : self.offset].decode("utf-8")

    def value(self, kind: int):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            item = self.scalar("I")
            return [self.value(item) for _ in range(self.scalar("Q"))]
        return self.scalar(SCALARS[kind])

    def tensor(self, name: str) -> np.ndarray:
        """A tensor as float32."""
        shape, kind, offset = self.tensors[name]
        if kind not in BLOCKS:
            raise ValueError(f"{name}: got ggml type {kind}, expected one of {sorted(BLOCKS)}")
        values, size, read = BLOCKS[kind]
        count = int(np.prod(shape)) // values
        raw = np.frombuffer(self.data, np.uint8, count * size, self.base + offset)
        return read(raw.reshape(count, size)).reshape(shape)


def half(blocks: np.ndarray, at: int) -> np.ndarray:
    """The float16 at a byte of each block, as a column of float32."""
    return np.ascontiguousarray(blocks[:, at : at + 2]).view(np.float16).astype(np.float32)


def read_f32(blocks: np.ndarray) -> np.ndarray:
    return blocks.view(np.float32).copy()


def read_q8_0(blocks: np.ndarray) -> np.ndarray:
    return half(blocks, 0) * blocks[:, 2:].view(np.int8)


def read_q5_0(blocks: np.ndarray) -> np.ndarray:
    fifth = np.unpackbits(np.ascontiguousarray(blocks[:, 2:6]), axis=1, bitorder="little")
    low = blocks[:, 6:]
    quants = np.concatenate([low & 15, low >> 4], axis=1) | fifth << 4
    return half(blocks, 0) * (quants.astype(np.float32) - 16)


def read_q4_k(blocks: np.ndarray) -> np.ndarray:
    packed = blocks[:, 4:16]
    first, second, high = packed[:, :4], packed[:, 4:8], packed[:, 8:]
    # Eight scales and eight minimums of six bits each.
    scales = np.concatenate([first & 63, high & 15 | first >> 6 << 4], axis=1)
    minimums = np.concatenate([second & 63, high >> 4 | second >> 6 << 4], axis=1)
    nibbles = blocks[:, 16:].reshape(-1, 4, 1, 32) >> np.array([0, 4], np.uint8).reshape(1, 1, 2, 1) & 15
    quants = nibbles.reshape(-1, 8, 32)
    scale = (half(blocks, 0) * scales)[:, :, None]
    minimum = (half(blocks, 2) * minimums)[:, :, None]
    return scale * quants - minimum


def read_q6_k(blocks: np.ndarray) -> np.ndarray:
    low, high, scales = blocks[:, :128], blocks[:, 128:192], blocks[:, 192:208].view(np.int8)
    # Two halves of 128 weights: 64 bytes of low nibbles, 32 bytes of two high bits each.
    low = low.reshape(-1, 2, 1, 64) >> np.array([0, 4], np.uint8).reshape(1, 1, 2, 1) & 15
    high = high.reshape(-1, 2, 1, 32) >> np.array([0, 2, 4, 6], np.uint8).reshape(1, 1, 4, 1) & 3
    quants = (low.reshape(-1, 256) | high.reshape(-1, 256) << 4).astype(np.float32) - 32
    return half(blocks, 208)[:, :, None] * scales[:, :, None] * quants.reshape(-1, 16, 16)


# By ggml's type number: weights per block, bytes per block, how a block is read.
BLOCKS = {
    0: (1, 4, read_f32),
    6: (32, 22, read_q5_0),
    8: (32, 34, read_q8_0),
    12: (256, 144, read_q4_k),
    14: (256, 210, read_q6_k),
}


class Gemma3:
    """The model: scores sequences of ids and continues them."""

    def __init__(self, path: Path):
        reader = GgufReader(path)
        fields = reader.fields
        if fields["general.architecture"] != "gemma3":
            raise ValueError(f"{path}: got {fields['general.architecture']}, expected gemma3")
        self.heads = fields["gemma3.attention.head_count"]
        self.kv_heads = fields["gemma3.attention.head_count_kv"]
        self.head_size = fields["gemma3.attention.key_length"]
        self.window = fields["gemma3.attention.sliding_window"]
        self.epsilon = fields["gemma3.attention.layer_norm_rms_epsilon"]
        self.global_base = fields["gemma3.rope.freq_base"]
        self.embedding = reader.tensor("token_embd.weight")
        self.output_norm = reader.tensor("output_norm.weight")
        names = {name.split(".", 2)[2] for name in reader.tensors if name.startswith("blk.0.")}
        self.layers = [
            {name.removesuffix(".weight"): reader.tensor(f"blk.{layer}.{name}") for name in names}
            for layer in range(fields["gemma3.block_count"])
        ]

    def states(self, ids: list[int]) -> np.ndarray:
        """What the last layer leaves at each position."""
        x = self.embedding[ids] * np.float32(np.sqrt(self.embedding.shape[1]))
        for number, layer in enumerate(self.layers):
            is_global = number % GLOBAL_EVERY == GLOBAL_EVERY - 1
            attended = self.attend(layer, self.norm(x, layer["attn_norm"]), is_global)
            x = x + self.norm(attended, layer["post_attention_norm"])
            hidden = self.norm(x, layer["ffn_norm"])
            gated = gelu(hidden @ layer["ffn_gate"].T) * (hidden @ layer["ffn_up"].T)
            x = x + self.norm(gated @ layer["ffn_down"].T, layer["post_ffw_norm"])
        return self.norm(x, self.output_norm)

    def attend(self, layer: dict[str, np.ndarray], x: np.ndarray, is_global: bool) -> np.ndarray:
        count = len(x)
        base = self.global_base if is_global else LOCAL_ROPE_BASE
        # Head by head: [head, position, dimension].
        project = lambda name: (x @ layer[name].T).reshape(count, -1, self.head_size).swapaxes(0, 1)
        query = rotate(self.norm(project("attn_q"), layer["attn_q_norm"]), base)
        key = rotate(self.norm(project("attn_k"), layer["attn_k_norm"]), base)
        # Several query heads share a key head.
        shared = self.heads // self.kv_heads
        key = np.repeat(key, shared, axis=0)
        value = np.repeat(project("attn_v"), shared, axis=0)
        scores = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(self.head_size))
        distance = np.arange(count)[:, None] - np.arange(count)[None, :]
        visible = (distance >= 0) & (is_global | (distance < self.window))
        scores = np.where(visible, scores, np.float32(-np.inf))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        mixed = (weights @ value).swapaxes(0, 1).reshape(count, -1)
        return mixed @ layer["attn_output"].T

    def norm(self, x: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + self.epsilon) * weight

    def bits(self, ids: list[int]) -> np.ndarray:
        """Bits that each id but the first costs after the ids before it."""
        states, following = self.states(ids[:-1]), np.array(ids[1:])
        bits = []
        # A row of logits takes a megabyte.
        for start in range(0, len(states), 64):
            logits = states[start : start + 64] @ self.embedding.T
            chosen = logits[np.arange(len(logits)), following[start : start + 64]]
            highest = logits.max(axis=1)
            logits -= highest[:, None]
            totals = np.exp(logits, out=logits).sum(axis=1, dtype=np.float64)
            bits.append((np.log(totals) + highest - chosen) / np.log(2))
        return np.concatenate(bits)

    def continue_greedily(self, ids: list[int], count: int) -> list[int]:
        """The ids that follow if the most probable one is always taken."""
        start = len(ids)
        for _ in range(count):
            ids = [*ids, int((self.embedding @ self.states(ids)[-1]).argmax())]
        return ids[start:]


def gelu(x: np.ndarray) -> np.ndarray:
    """By its approximation with tanh, as the model was trained."""
    return 0.5 * x * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (x + 0.044715 * x * x * x)))


def rotate(x: np.ndarray, base: float) -> np.ndarray:
    """Rotary position embedding of [head, position, dimension]; the two halves of a head form the pairs."""
    half_size = x.shape[-1] // 2
    frequencies = base ** (-np.arange(half_size) / half_size)
    angles = np.arange(x.shape[1])[:, None] * frequencies
    cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
    low, high = x[..., :half_size], x[..., half_size:]
    return np.concatenate([low * cos - high * sin, high * cos + low * sin], axis=-1)
