#include "core/vision/instances.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "core/nn/product.h"

namespace maskwright::vision {

namespace {

// x1, y1, x2, y2, score, name: a box as the CPU judges it.
using Box = std::array<float, 6>;

float area(const Box& box) { return (box[2] - box[0]) * (box[3] - box[1]); }

float overlap(const Box& a, const Box& b) {
    const float width = std::min(a[2], b[2]) - std::max(a[0], b[0]);
    const float height = std::min(a[3], b[3]) - std::max(a[1], b[1]);
    if (width <= 0 || height <= 0) {
        return 0;
    }
    const float both = width * height;
    return both / (area(a) + area(b) - both);
}

// Which boxes stay, the surest first.
std::vector<std::int64_t> greedy(const Box* boxes, std::int64_t count, const Suppression& suppression) {
    std::vector<std::int64_t> order;
    for (std::int64_t i = 0; i < count; ++i) {
        if (boxes[i][4] > static_cast<float>(suppression.score)) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::int64_t a, std::int64_t b) { return boxes[a][4] > boxes[b][4]; });
    std::vector<std::int64_t> kept;
    for (const std::int64_t candidate : order) {
        if (static_cast<std::int64_t>(kept.size()) == suppression.most) {
            break;
        }
        const bool hidden = std::any_of(kept.begin(), kept.end(), [&](std::int64_t surer) {
            return boxes[surer][5] == boxes[candidate][5] &&
                   overlap(boxes[surer], boxes[candidate]) > static_cast<float>(suppression.overlap);
        });
        if (!hidden) {
            kept.push_back(candidate);
        }
    }
    return kept;
}

// [n, height, width] of 0 and 1: whether position i, at (i + offset) * stride, lies in the box.
at::Tensor inside(const at::Tensor& boxes, std::int64_t height, std::int64_t width, double stride, double offset) {
    const auto along = [&](std::int64_t count, std::int64_t low, std::int64_t high) {
        const at::Tensor at = (at::arange(count, boxes.options()) + offset) * stride;  // [count]
        return (boxes.select(1, low).unsqueeze(1) <= at).logical_and(at < boxes.select(1, high).unsqueeze(1));
    };
    return along(height, 1, 3).unsqueeze(2).to(at::kFloat) * along(width, 0, 2).unsqueeze(1).to(at::kFloat);
}

// [n, h * w] before the sigmoid.
at::Tensor sums(const Instances& of, const at::Tensor& prototypes) {
    return nn::matmul(of.coefficients, prototypes.to(at::kFloat).flatten(1));
}

// Of n instances, each with a number of its own among the results: which are the first of their result, which the
// second, and so on.
std::vector<std::vector<std::int64_t>> rounds(const std::vector<std::int64_t>& result) {
    std::vector<std::vector<std::int64_t>> all;
    std::map<std::int64_t, std::size_t> seen;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::size_t round = seen[result[i]]++;
        all.resize(std::max(all.size(), round + 1));
        all[round].push_back(static_cast<std::int64_t>(i));
    }
    return all;
}

}  // namespace

std::vector<Instances> instances(const at::Tensor& decoded, std::int64_t names, const Suppression& suppression) {
    const std::int64_t batch = decoded.size(0), count = decoded.size(1), numbers = decoded.size(2);
    const auto [surest, name] = decoded.narrow(2, 5, names).max(2);  // [B, N]
    const at::Tensor scores = surest * decoded.select(2, 4);
    const at::Tensor centre = decoded.narrow(2, 0, 2), half = decoded.narrow(2, 2, 2) / 2;
    const at::Tensor boxes = at::cat({centre - half, centre + half, scores.unsqueeze(2), name.unsqueeze(2)}, 2);
    const at::Tensor here = boxes.to(at::kCPU).contiguous();  // [B, N, 6]
    const auto* all = reinterpret_cast<const Box*>(here.data_ptr<float>());

    std::vector<std::int64_t> chosen;  // rows of all pictures together
    std::vector<Instances> result(static_cast<std::size_t>(batch));
    for (std::int64_t b = 0; b < batch; ++b) {
        for (const std::int64_t row : greedy(all + b * count, count, suppression)) {
            chosen.push_back(b * count + row);
            result[static_cast<std::size_t>(b)].names.push_back(static_cast<std::int64_t>(all[chosen.back()][5]));
        }
    }
    const at::Tensor index = at::tensor(chosen, at::kLong).to(decoded.device());
    const at::Tensor rows = boxes.view({batch * count, 6}).index_select(0, index);
    const at::Tensor coefficients =
        decoded.view({batch * count, numbers}).narrow(1, 5 + names, numbers - 5 - names).index_select(0, index);
    std::int64_t first = 0;
    for (Instances& one : result) {
        const auto n = static_cast<std::int64_t>(one.names.size());
        one.boxes = rows.narrow(0, first, n).narrow(1, 0, 4);
        one.scores = rows.narrow(0, first, n).select(1, 4);
        one.coefficients = coefficients.narrow(0, first, n);
        first += n;
    }
    return result;
}

at::Tensor softMasks(const Instances& of, const at::Tensor& prototypes, std::int64_t stride) {
    const std::int64_t height = prototypes.size(1), width = prototypes.size(2);
    return at::sigmoid(sums(of, prototypes)).view({-1, height, width}) *
           inside(of.boxes, height, width, double(stride), 0.5);
}

at::Tensor masks(const Instances& of, const at::Tensor& prototypes, std::int64_t height, std::int64_t width) {
    if (of.names.empty()) {
        return at::zeros({0, height, width}, of.scores.options());  // an empty batch cannot be resized
    }
    const at::Tensor small = at::sigmoid(sums(of, prototypes)).view({1, -1, prototypes.size(1), prototypes.size(2)});
    const at::Tensor large = at::upsample_bilinear2d(small, {height, width}, false).squeeze(0);
    return (large * inside(of.boxes, height, width, 1, 0)).gt(0.5).to(at::kFloat);
}

at::Tensor evidence(const std::vector<Instances>& of, const at::Tensor& prototypes, std::int64_t names,
                    std::int64_t stride) {
    const auto batch = static_cast<std::int64_t>(of.size());
    const std::int64_t height = prototypes.size(2), width = prototypes.size(3);
    const auto options = prototypes.options().dtype(at::kFloat).memory_format(at::MemoryFormat::Contiguous);
    at::Tensor all = at::zeros({batch * names, height * width}, options);
    // All pictures' instances together: on a GPU it is the number of steps that takes the time.
    std::vector<at::Tensor> before, boxes, scores;
    std::vector<std::int64_t> result;  // of each instance, its row of `all`
    for (std::int64_t b = 0; b < batch; ++b) {
        const Instances& here = of[static_cast<std::size_t>(b)];
        before.push_back(sums(here, prototypes.select(0, b)));
        boxes.push_back(here.boxes);
        scores.push_back(here.scores);
        std::transform(here.names.begin(), here.names.end(), std::back_inserter(result),
                       [&](std::int64_t name) { return b * names + name; });
    }
    if (!result.empty()) {
        at::Tensor said = at::cat(before).sigmoid_().mul_(3).sub_(1).clamp_(0, 1);  // 3 (p - 0.5) + 0.5 = 3 p - 1
        said.mul_(at::cat(scores).unsqueeze(1));
        said.mul_(inside(at::cat(boxes), height, width, double(stride), 0.5).flatten(1));
        const at::Tensor rowOf = at::tensor(result, at::kLong).to(all.device());
        for (const std::vector<std::int64_t>& round : rounds(result)) {
            const at::Tensor from = at::tensor(round, at::kLong).to(all.device());
            const at::Tensor to = rowOf.index_select(0, from);
            all.index_copy_(0, to, at::maximum(all.index_select(0, to), said.index_select(0, from)));
        }
    }
    return all.view({batch, names, height, width});
}

}  // namespace maskwright::vision
