#include "core/train/segment_batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

namespace maskwright::train {
namespace {

// Support pictures come in many sizes: pooled features of one size do not serve another.
constexpr std::int64_t kSmallestSupport = 160, kSupportStep = 32;
constexpr std::size_t kMostColumns = 128;
constexpr double kPictureAlone = 0.45;

struct Asked {
    std::int64_t row, picture;
    std::size_t category;
    bool present;
    std::vector<float> target;
};

double area(const std::vector<std::uint8_t>& cover) {
    return std::accumulate(cover.begin(), cover.end(), 0.0) / (255.0 * static_cast<double>(cover.size()));
}

std::vector<float> unionOf(const data::DataSet& set, const Composed& picture, std::size_t category) {
    std::vector<float> target(static_cast<std::size_t>(picture.grid * picture.grid), 0.0f);
    for (const Layer& layer : picture.layers) {
        if (set.covers(category, layer.category)) {
            for (std::size_t i = 0; i < target.size(); ++i) {
                target[i] = std::max(target[i], static_cast<float>(layer.cover[i]) / 255.0f);
            }
        }
    }
    return target;
}

}  // namespace

SegmentPart makePart(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                     const Options& options, std::int64_t step, std::int64_t firstItem, std::int64_t count) {
    const SegmentStage& stage = options.segment;
    const std::int64_t side = stage.size, grid = side / 4, coarse = side / 16, cells = coarse * coarse;
    const auto seed = static_cast<std::uint64_t>(options.seed);
    std::vector<char> closed(set.categories.size(), 0);
    for (const std::size_t c : set.closed) {
        closed[c] = 1;
    }
    SegmentPart part;
    part.pixels = at::empty({count, 3, side, side});
    std::vector<Composed> pictures;
    std::vector<Asked> asked;
    for (std::int64_t b = 0; b < count; ++b) {
        pictures.push_back(composer.compose(step, firstItem + b));
        const Composed& picture = pictures.back();
        part.photos.push_back(picture.photo);
        std::copy(picture.pixels.begin(), picture.pixels.end(), part.pixels.data_ptr<float>() + b * 3 * side * side);
        Random random(seed, 5, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(firstItem + b));

        // What is there and large enough to ask for: (category, weight).
        std::vector<std::pair<std::size_t, double>> candidates;
        const auto offer = [&](std::size_t category, double weight) {
            for (auto& [known, best] : candidates) {
                if (known == category) {
                    best = std::max(best, weight);
                    return;
                }
            }
            candidates.emplace_back(category, weight);
        };
        std::vector<std::size_t> there;
        for (const Layer& layer : picture.layers) {
            const double share = area(layer.cover);
            if (share > 0) {
                there.push_back(layer.category);
            }
            if (share < stage.minArea) {
                continue;
            }
            offer(layer.category, closed[layer.category] != 0 ? 1.0 : 0.6);
            for (const std::size_t parent : set.categories[layer.category].parents) {
                offer(parent, 0.12);
                for (const std::size_t above : set.categories[parent].parents) {
                    offer(above, 0.05);
                }
            }
        }
        const auto phrases = static_cast<std::size_t>(stage.phrases);
        std::size_t wanted = 0;
        for (std::size_t k = 0; k < phrases; ++k) {
            wanted += random.chance(stage.present) ? 1 : 0;
        }
        wanted = std::max<std::size_t>(wanted, 1);
        std::size_t made = 0;
        for (; made < wanted && !candidates.empty(); ++made) {
            double sum = 0;
            for (const auto& candidate : candidates) {
                sum += candidate.second;
            }
            double at = random.uniform() * sum;
            std::size_t chosen = 0;
            while (chosen + 1 < candidates.size() && at >= candidates[chosen].second) {
                at -= candidates[chosen++].second;
            }
            const std::size_t category = candidates[chosen].first;
            candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(chosen));
            asked.push_back({vocabulary.drawRow(category, random), b, category, true, unionOf(set, picture, category)});
        }
        // What is surely not there: closed names unrelated to everything present; half of them near something that is.
        const auto absent = [&](std::size_t category) {
            return std::all_of(there.begin(), there.end(),
                               [&](std::size_t other) { return vocabulary.unrelated(category, other); });
        };
        if (picture.coverage != data::Coverage::listed && !set.closed.empty()) {
            for (std::size_t tries = 0; made < phrases && tries < 40; ++tries) {
                std::size_t category = random.pick(set.closed);
                if (!there.empty() && random.chance(0.5)) {
                    const auto& near = vocabulary.near(random.pick(there));
                    category = near[random.below(std::min<std::size_t>(near.size(), 12))];
                }
                if (absent(category)) {
                    asked.push_back({vocabulary.drawRow(category, random), b, category, false, {}});
                    ++made;
                }
            }
        }
    }

    const auto n = static_cast<std::int64_t>(asked.size());
    part.rows = at::empty({n}, at::kLong);
    part.pictures = at::empty({n}, at::kLong);
    part.present = at::empty({n}, at::kBool);
    part.targets = at::zeros({n, grid, grid});
    for (std::int64_t i = 0; i < n; ++i) {
        const Asked& a = asked[static_cast<std::size_t>(i)];
        part.rows.data_ptr<std::int64_t>()[i] = a.row;
        part.pictures.data_ptr<std::int64_t>()[i] = a.picture;
        part.present.data_ptr<bool>()[i] = a.present;
        std::copy(a.target.begin(), a.target.end(), part.targets.data_ptr<float>() + i * grid * grid);
    }

    // Support pictures, for a few of the phrases.
    Random random(seed, 6, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(firstItem));
    if (random.chance(stage.support)) {
        std::vector<float> pixels;
        std::vector<std::int64_t> of;
        std::vector<float> share;
        std::vector<std::int64_t> column;
        const std::int64_t sizes = std::max<std::int64_t>((stage.supportSize - kSmallestSupport) / kSupportStep, 0) + 1;
        const std::int64_t supportSide =
            kSmallestSupport + kSupportStep * static_cast<std::int64_t>(random.below(static_cast<std::size_t>(sizes)));
        for (std::int64_t i = 0; i < n && of.size() < 4; ++i) {
            if (random.chance(0.4)) {
                const std::vector<float> shown =
                    composer.support(asked[static_cast<std::size_t>(i)].category, supportSide, random);
                if (!shown.empty()) {
                    pixels.insert(pixels.end(), shown.begin(), shown.end());
                    of.push_back(i);
                    // The picture alone is what one-shot search asks with: oftener than a uniform draw would.
                    share.push_back(random.chance(kPictureAlone) ? 1.0f : static_cast<float>(random.uniform()));
                    const auto found = std::lower_bound(set.closed.begin(), set.closed.end(),
                                                        asked[static_cast<std::size_t>(i)].category);
                    const bool known = set.closed.size() <= kMostColumns && found != set.closed.end() &&
                                       *found == asked[static_cast<std::size_t>(i)].category;
                    column.push_back(known ? found - set.closed.begin() : -1);
                }
            }
        }
        if (!of.empty()) {
            part.supportPixels =
                at::tensor(pixels).view({static_cast<std::int64_t>(of.size()), 3, supportSide, supportSide});
            part.supportOf = at::tensor(of, at::kLong);
            part.supportShare = at::tensor(share);
            part.supportColumn = at::tensor(column, at::kLong);
        }
    }

    if (stage.dense <= 0 || !options.base.empty()) {
        return part;
    }
    // The dense loss: all closed names, and the pictures' own others.
    std::vector<std::size_t> columns(set.closed.begin(), set.closed.end());
    if (columns.size() > kMostColumns) {
        columns.clear();  // a closed vocabulary of its own kind of thing: only what the pictures hold
    }
    for (const Composed& picture : pictures) {
        for (const Layer& layer : picture.layers) {
            if (std::find(columns.begin(), columns.end(), layer.category) == columns.end() &&
                area(layer.cover) >= stage.minArea) {
                columns.push_back(layer.category);
            }
        }
    }
    const auto k = static_cast<std::int64_t>(columns.size());
    std::vector<std::int64_t> rows;
    for (const std::size_t column : columns) {
        rows.push_back(vocabulary.drawRow(column, random));
    }
    part.denseRows = at::tensor(rows, at::kLong);
    part.denseTarget = at::zeros({count, k, cells});
    part.denseValid = at::zeros({count, k}, at::kBool);
    part.denseWeight = at::ones({count, cells});
    for (std::int64_t b = 0; b < count; ++b) {
        const Composed& picture = pictures[static_cast<std::size_t>(b)];
        float* target = part.denseTarget.data_ptr<float>() + b * k * cells;
        bool* valid = part.denseValid.data_ptr<bool>() + b * k;
        for (std::int64_t c = 0; c < k; ++c) {
            const std::size_t column = columns[static_cast<std::size_t>(c)];
            bool own = false;
            for (const Layer& layer : picture.layers) {
                if (layer.category != column) {
                    continue;
                }
                own = true;
                for (std::int64_t y = 0; y < grid; ++y) {
                    for (std::int64_t x = 0; x < grid; ++x) {
                        target[c * cells + (y / 4) * coarse + x / 4] +=
                            static_cast<float>(layer.cover[static_cast<std::size_t>(y * grid + x)]) / (255.0f * 16.0f);
                    }
                }
            }
            // A closed name that covers or is covered by one of the picture's other kinds says the same of other cells:
            // left out.
            const bool certain = closed[column] != 0 && picture.coverage != data::Coverage::listed &&
                                 std::all_of(picture.layers.begin(), picture.layers.end(), [&](const Layer& layer) {
                                     return layer.category == column || closed[layer.category] != 0 ||
                                            vocabulary.unrelated(column, layer.category);
                                 });
            valid[c] = own || certain;
        }
        float* weight = part.denseWeight.data_ptr<float>() + b * cells;
        for (std::int64_t i = 0; i < cells; ++i) {
            float sum = 0;
            for (std::int64_t c = 0; c < k; ++c) {
                sum += target[c * cells + i];
            }
            if (sum > 1) {
                for (std::int64_t c = 0; c < k; ++c) {
                    target[c * cells + i] /= sum;
                }
            }
            // Where nothing is labelled in a picture of listed kinds, anything may be.
            weight[i] =
                picture.coverage == data::Coverage::listed ? std::min(sum, 1.0f) : 0.6f + 0.4f * std::min(sum, 1.0f);
        }
    }
    return part;
}

}  // namespace maskwright::train
