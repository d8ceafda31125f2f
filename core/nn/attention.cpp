#include "core/nn/attention.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/nn/fused_attention.h"
#include "core/nn/onednn.h"

namespace maskwright::nn {

namespace {

// Scores held at once: 4 MB in float32. They stay near the core, and the allocator keeps their memory; larger ones come
// from the kernel page by page each time. Of 784 tokens and ten pictures at once (4 heads of 16 numbers, AMD EPYC) a
// picture then takes 3.4 ms instead of 13.
constexpr std::int64_t kScores = std::int64_t(1) << 20;
constexpr std::int64_t kFewestQueries = 32;  // of a product that is worth its call

// How many queries are compared with all keys at a time. row: scores of one query.
std::int64_t queriesAtOnce(std::int64_t row) {
    return std::max(kScores / std::max<std::int64_t>(row, 1), kFewestQueries);
}

// The rows `first` to `end` of what is broadcast to [B, h, T, T].
at::Tensor rowsOf(const at::Tensor& x, std::int64_t first, std::int64_t end) {
    return x.dim() >= 2 && x.size(-2) > 1 ? x.slice(-2, first, end) : x;
}

// Which of `keys` keys come after each of the queries `first` to `end`. [end - first, keys]
at::Tensor laterKeys(std::int64_t first, std::int64_t end, std::int64_t keys, const at::Tensor& like) {
    return at::ones({end - first, keys}, like.options().dtype(at::kBool)).triu(first + 1);
}

constexpr double kNever = -std::numeric_limits<double>::infinity();

// For the result, [B, h, T, d]. In memory the heads of a token lie side by side, as the product after it reads them.
at::Tensor outLike(const at::Tensor& q, const at::Tensor& v) {
    return at::empty({q.size(0), q.size(2), q.size(1), v.size(3)}, v.options()).transpose(1, 2);
}

// By oneDNN, some queries at a time; scores and softmax in float32. `mask` is added to the scores, `factor` multiplied;
// either may be undefined.
at::Tensor attentionByOneDnn(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                             bool causal, const at::Tensor& factor) {
    const std::int64_t batch = q.size(0), heads = q.size(1), tokens = q.size(2), keys = k.size(2);
    const std::int64_t atOnce = std::min(queriesAtOnce(batch * heads * keys), tokens);
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(3)));
    const at::Tensor out = outLike(q, v);
    for (std::int64_t first = 0; first < tokens; first += atOnce) {
        const std::int64_t end = std::min(first + atOnce, tokens);
        at::Tensor scores = at::empty({batch, heads, end - first, keys}, q.options().dtype(at::kFloat));
        onednn::product(q.slice(2, first, end), k.transpose(2, 3), scale, scores);
        if (factor.defined()) {
            scores.mul_(rowsOf(factor, first, end));
        }
        if (causal) {
            scores.masked_fill_(laterKeys(first, end, keys, scores), kNever);
        }
        if (mask.defined()) {
            scores.add_(rowsOf(mask, first, end));
        }
        const at::Tensor shares = v.scalar_type() == at::kFloat ? scores : at::empty(scores.sizes(), v.options());
        onednn::softmax(scores, shares);
        onednn::product(shares, v, 1, out.slice(2, first, end));
    }
    return out;
}

// Of a phrase's few tokens: a call of a library costs more than the numbers. float32, contiguous but for the layout
// of `out`, which is outLike()'s.
constexpr std::int64_t kSmall = 32 * 1024;  // products of two numbers in all
at::Tensor smallAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal) {
    const std::int64_t batch = q.size(0), heads = q.size(1), tokens = q.size(2), keys = k.size(2), width = q.size(3);
    const float scale = 1.0F / std::sqrt(static_cast<float>(width));
    const at::Tensor out = outLike(q, v);
    std::vector<float> shares(static_cast<std::size_t>(keys));
    const auto row = [](const at::Tensor& x, std::int64_t b, std::int64_t h, std::int64_t t) {
        return x.data_ptr<float>() + b * x.stride(0) + h * x.stride(1) + t * x.stride(2);
    };
    for (std::int64_t b = 0; b < batch; ++b) {
        for (std::int64_t h = 0; h < heads; ++h) {
            for (std::int64_t t = 0; t < tokens; ++t) {
                const std::int64_t seen = causal ? t + 1 : keys;
                const float* query = row(q, b, h, t);
                float most = -std::numeric_limits<float>::infinity(), sum = 0;
                for (std::int64_t i = 0; i < seen; ++i) {
                    const float* key = row(k, b, h, i);
                    float score = 0;
                    for (std::int64_t c = 0; c < width; ++c) {
                        score += query[c] * key[c];
                    }
                    shares[static_cast<std::size_t>(i)] = score * scale;
                    most = std::max(most, score * scale);
                }
                for (std::int64_t i = 0; i < seen; ++i) {
                    float& share = shares[static_cast<std::size_t>(i)];
                    share = std::exp(share - most);
                    sum += share;
                }
                float* to = row(out, b, h, t);
                std::fill(to, to + width, 0.0F);
                for (std::int64_t i = 0; i < seen; ++i) {
                    const float share = shares[static_cast<std::size_t>(i)] / sum;
                    const float* value = row(v, b, h, i);
                    for (std::int64_t c = 0; c < width; ++c) {
                        to[c] += share * value[c];
                    }
                }
            }
        }
    }
    return out;
}

// Of several phrases each counts by itself: a phrase gives the same numbers alone and among others.
bool isSmall(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal) {
    const bool plain = q.scalar_type() == at::kFloat && k.scalar_type() == at::kFloat &&
                       v.scalar_type() == at::kFloat && q.stride(3) == 1 && k.stride(3) == 1 && v.stride(3) == 1;
    const bool alike = k.size(0) == q.size(0) && v.size(0) == q.size(0) && v.size(3) == q.size(3);
    return plain && alike && q.numel() / (causal ? q.size(0) : 1) * k.size(2) <= kSmall;
}

bool byOneDnn(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
    return onednn::computes(q) && onednn::computes(k) && onednn::computes(v) && q.numel() > 0;
}

// q: [B, h, n, d], the queries from `first` on -> [B, h, n, d]
at::Tensor slice(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask, bool causal,
                 std::int64_t first) {
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
    const std::int64_t rows = q.size(-2);
    at::Tensor scores = at::matmul(q * scale, k.transpose(-2, -1));  // [B, h, n, T]
    if (causal) {
        scores = scores.masked_fill(laterKeys(first, first + rows, k.size(-2), q), kNever);
    }
    if (mask.defined()) {
        scores = scores + rowsOf(mask, first, first + rows).to(scores.scalar_type());
    }
    return at::matmul(at::softmax(scores, -1), v);
}

}  // namespace

at::Tensor plainAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                          bool causal, std::int64_t rows) {
    const std::int64_t tokens = q.size(-2);
    if (rows <= 0 || rows >= tokens) {
        return slice(q, k, v, mask, causal, 0);
    }
    std::vector<at::Tensor> parts;
    for (std::int64_t first = 0; first < tokens; first += rows) {
        parts.push_back(slice(q.slice(-2, first, std::min(first + rows, tokens)), k, v, mask, causal, first));
    }
    return at::cat(parts, -2);
}

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                     bool causal) {
    if (byOneDnn(q, k, v)) {
        if (!mask.defined() && isSmall(q, k, v, causal)) {
            return smallAttention(q, k, v, causal);
        }
        if (!mask.defined() && !causal && fuses(q, k, v)) {
            const at::Tensor out = outLike(q, v);
            fusedAttention(q, k, v, out);
            return out;
        }
        return attentionByOneDnn(q, k, v, mask, causal, {});
    }
#if TORCH_VERSION_MAJOR >= 2
    const std::optional<at::Tensor> bias =
        mask.defined() ? std::optional<at::Tensor>(mask.to(q.scalar_type())) : std::nullopt;
    return at::scaled_dot_product_attention(q, k, v, bias, 0.0, causal);
#else
    const std::int64_t row = q.size(0) * q.size(1) * k.size(-2);  // scores of one query
    return plainAttention(q, k, v, mask, causal, queriesAtOnce(row));
#endif
}

double scoresAlive(double heads, double tokens) {
    const double row = heads * tokens;  // scores of one query
    const auto queries = double(queriesAtOnce(static_cast<std::int64_t>(row)));
    return 2 * row * std::min(tokens, queries);  // before and after the softmax
}

at::Tensor weightedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& factor) {
    if (byOneDnn(q, k, v)) {
        return attentionByOneDnn(q, k, v, {}, false, factor);
    }
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
    const at::Tensor scores = at::matmul(q * scale, k.transpose(-2, -1)) * factor.to(q.scalar_type());  // [B, h, T, T]
    return at::matmul(at::softmax(scores, -1), v);
}

}  // namespace maskwright::nn
