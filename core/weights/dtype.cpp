// Element types of tensor files and the two 16-bit floating-point formats.
#include <bit>

#include "core/weights/safetensors.h"

namespace maskwright::weights {

std::size_t sizeOf(DType type) {
    switch (type) {
        case DType::f64:
        case DType::i64:
            return 8;
        case DType::f32:
        case DType::i32:
            return 4;
        case DType::f16:
        case DType::bf16:
        case DType::i16:
            return 2;
        case DType::i8:
        case DType::u8:
        case DType::boolean:
            return 1;
    }
    return 0;
}

std::string_view nameOf(DType type) {
    switch (type) {
        case DType::f64:
            return "F64";
        case DType::f32:
            return "F32";
        case DType::f16:
            return "F16";
        case DType::bf16:
            return "BF16";
        case DType::i64:
            return "I64";
        case DType::i32:
            return "I32";
        case DType::i16:
            return "I16";
        case DType::i8:
            return "I8";
        case DType::u8:
            return "U8";
        case DType::boolean:
            return "BOOL";
    }
    return "";
}

std::string shapeText(std::span<const std::int64_t> shape) {
    std::string text = "[";
    for (const std::int64_t side : shape) {
        text += (text.size() > 1 ? ", " : "") + std::to_string(side);
    }
    return text + "]";
}

std::int64_t TensorInfo::count() const {
    std::int64_t product = 1;
    for (const std::int64_t side : shape) {
        product *= side;
    }
    return product;
}

// binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits; binary32: 1, 8 (bias 127), 23.
float fromHalf(std::uint16_t bits) {
    const std::uint32_t sign = std::uint32_t{bits & 0x8000u} << 16;
    const std::uint32_t exponent = bits >> 10 & 0x1f;
    const std::uint32_t fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
        return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
    }
    if (exponent == 0) {
        // Zero or subnormal: fraction * 2^-24, exact in binary32.
        const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
        return sign != 0 ? -magnitude : magnitude;
    }
    return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
}

std::uint16_t toHalf(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
    const std::uint32_t magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {  // NaN: stays one, quiet, with the top of its payload
        return static_cast<std::uint16_t>(sign | 0x7e00 | (magnitude >> 13 & 0x1ff));
    }
    if (magnitude >= 0x477ff000) {  // 65520 and above round to infinity
        return sign | 0x7c00;
    }
    if (magnitude < 0x38800000) {  // below 2^-14: subnormal, a multiple of 2^-24
        const int exponent = static_cast<int>(magnitude >> 23);
        if (exponent < 102) {  // below 2^-25: zero
            return sign;
        }
        const std::uint32_t significand = (magnitude & 0x7fffff) | 0x800000;
        const int shift = 126 - exponent;  // 14 to 24 bits fall off
        const std::uint32_t kept = significand >> shift;
        const std::uint32_t lost = significand & ((1u << shift) - 1);
        const std::uint32_t half = 1u << (shift - 1);
        return static_cast<std::uint16_t>(sign | (kept + (lost > half || (lost == half && (kept & 1) != 0) ? 1 : 0)));
    }
    const std::uint32_t rounded = magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1);
    return static_cast<std::uint16_t>(sign | rounded >> 13);
}

float fromBfloat16(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

}  // namespace maskwright::weights
