#include "core/train/segment_batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

namespace maskwright::train {
namespace {

// Support pictures come in many sizes: pooled features of one size do not serve another.
constexpr std::int64_t kSmallestSupport = 160, kSupportStep = 32;
constexpr std::size_t kMostSupport = 4;                       // of one part
constexpr double kSupportChance = 0.4, kPictureAlone = 0.45;  // of a phrase to have one; to be the picture alone
constexpr std::size_t kMostColumns = 128;                     // closed names in the dense loss
// Weights in the draw of what is asked for: a closed name is 1, a name above the annotated one rare.
constexpr double kOpenName = 0.6, kParent = 0.12, kGrandparent = 0.05;
constexpr std::size_t kAbsentTries = 40, kNearNames = 12;
constexpr float kEmptyCell = 0.6f, kFullCell = 0.4f;  // weights in the dense loss: of any cell, and of what is in it

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

// One of the candidates by weight, taken out of them.
std::size_t takeOne(std::vector<std::pair<std::size_t, double>>& candidates, Random& random) {
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
    return category;
}

// Adds the layer's share of every cell, a sixteenth of the picture's side, to `target`.
void addCells(const Layer& layer, std::int64_t grid, float* target) {
    for (std::int64_t y = 0; y < grid; ++y) {
        for (std::int64_t x = 0; x < grid; ++x) {
            target[(y / 4) * (grid / 4) + x / 4] +=
                static_cast<float>(layer.cover[static_cast<std::size_t>(y * grid + x)]) / (255.0f * 16.0f);
        }
    }
}

// Scales a cell's columns down to a sum of 1 and gives the sum they had.
float normaliseCell(float* target, std::int64_t columns, std::int64_t cells) {
    float sum = 0;
    for (std::int64_t c = 0; c < columns; ++c) {
        sum += target[c * cells];
    }
    for (std::int64_t c = 0; sum > 1 && c < columns; ++c) {
        target[c * cells] /= sum;
    }
    return sum;
}

}  // namespace

struct SegmentBatches::Asked {
    std::int64_t row, picture;
    std::size_t category;
    bool present;
    std::vector<float> target;
};

SegmentPart SegmentPart::to(at::Device device) const {
    SegmentPart moved = *this;
    for (at::Tensor* tensor : {&moved.pixels, &moved.rows, &moved.pictures, &moved.targets, &moved.present,
                               &moved.supportPixels, &moved.supportOf, &moved.supportShare, &moved.supportColumn,
                               &moved.denseRows, &moved.denseTarget, &moved.denseValid, &moved.denseWeight}) {
        if (tensor->defined()) {
            *tensor = tensor->to(device);
        }
    }
    return moved;
}

SegmentBatches::SegmentBatches(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                               const Options& options)
    : set_(set), composer_(composer), vocabulary_(vocabulary), options_(options), closed_(set.categories.size(), 0) {
    for (const std::size_t category : set.closed) {
        closed_[category] = 1;
    }
}

SegmentPart SegmentBatches::part(std::int64_t step, std::int64_t firstItem, std::int64_t count) const {
    const SegmentStage& stage = options_.segment;
    const auto seed = static_cast<std::uint64_t>(options_.seed);
    SegmentPart part;
    part.pixels = at::empty({count, 3, stage.size, stage.size});
    std::vector<Composed> pictures;
    std::vector<Asked> asked;
    for (std::int64_t b = 0; b < count; ++b) {
        pictures.push_back(composer_.compose(step, firstItem + b));
        const Composed& picture = pictures.back();
        part.photos.push_back(picture.photo);
        std::copy(picture.pixels.begin(), picture.pixels.end(),
                  part.pixels.data_ptr<float>() + b * static_cast<std::int64_t>(picture.pixels.size()));
        Random random(seed, 5, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(firstItem + b));
        ask(picture, b, random, asked);
    }
    addPhrases(asked, part);
    Random random(seed, 6, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(firstItem));
    if (random.chance(stage.support)) {
        addSupport(asked, random, part);
    }
    if (stage.dense > 0 && options_.base.empty()) {
        addDense(pictures, random, part);
    }
    return part;
}

// What is there and large enough to ask for.
SegmentBatches::Candidates SegmentBatches::candidates(const Composed& picture) const {
    Candidates found;
    const auto offer = [&](std::size_t category, double weight) {
        for (auto& [known, best] : found) {
            if (known == category) {
                best = std::max(best, weight);
                return;
            }
        }
        found.emplace_back(category, weight);
    };
    for (const Layer& layer : picture.layers) {
        if (area(layer.cover) < options_.segment.minArea) {
            continue;
        }
        offer(layer.category, closed_[layer.category] != 0 ? 1.0 : kOpenName);
        for (const std::size_t parent : set_.categories[layer.category].parents) {
            offer(parent, kParent);
            for (const std::size_t above : set_.categories[parent].parents) {
                offer(above, kGrandparent);
            }
        }
    }
    return found;
}

// The phrases of one picture: some that are in it, and some that surely are not.
void SegmentBatches::ask(const Composed& picture, std::int64_t index, Random& random, std::vector<Asked>& asked) const {
    const auto phrases = static_cast<std::size_t>(options_.segment.phrases);
    std::size_t wanted = 0, made = 0;
    for (std::size_t k = 0; k < phrases; ++k) {
        wanted += random.chance(options_.segment.present) ? 1 : 0;
    }
    wanted = std::max<std::size_t>(wanted, 1);
    for (Candidates left = candidates(picture); made < wanted && !left.empty(); ++made) {
        const std::size_t category = takeOne(left, random);
        asked.push_back(
            {vocabulary_.drawRow(category, random), index, category, true, unionOf(set_, picture, category)});
    }
    if (picture.coverage == data::Coverage::listed || set_.closed.empty()) {
        return;
    }
    std::vector<std::size_t> there;
    for (const Layer& layer : picture.layers) {
        if (area(layer.cover) > 0) {
            there.push_back(layer.category);
        }
    }
    for (std::size_t tries = 0; made < phrases && tries < kAbsentTries; ++tries) {
        if (const auto category = drawAbsent(there, random)) {
            asked.push_back({vocabulary_.drawRow(*category, random), index, *category, false, {}});
            ++made;
        }
    }
}

// A closed name, half of the time near something that is there; nothing where it is related to what is there.
std::optional<std::size_t> SegmentBatches::drawAbsent(const std::vector<std::size_t>& there, Random& random) const {
    std::size_t category = random.pick(set_.closed);
    if (!there.empty() && random.chance(0.5)) {
        const auto& near = vocabulary_.near(random.pick(there));
        category = near[random.below(std::min(near.size(), kNearNames))];
    }
    const bool unrelated = std::all_of(there.begin(), there.end(),
                                       [&](std::size_t other) { return vocabulary_.unrelated(category, other); });
    return unrelated ? std::optional(category) : std::nullopt;
}

void SegmentBatches::addPhrases(const std::vector<Asked>& asked, SegmentPart& part) const {
    const auto n = static_cast<std::int64_t>(asked.size()), grid = options_.segment.size / 4;
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
}

// Support pictures, all of one size, for a few of the phrases.
void SegmentBatches::addSupport(const std::vector<Asked>& asked, Random& random, SegmentPart& part) const {
    std::vector<float> pixels, share;
    std::vector<std::int64_t> of, column;
    const std::int64_t sizes =
        std::max<std::int64_t>((options_.segment.supportSize - kSmallestSupport) / kSupportStep, 0) + 1;
    const std::int64_t side =
        kSmallestSupport + kSupportStep * static_cast<std::int64_t>(random.below(static_cast<std::size_t>(sizes)));
    for (std::size_t i = 0; i < asked.size() && of.size() < kMostSupport; ++i) {
        if (!random.chance(kSupportChance)) {
            continue;
        }
        const std::vector<float> shown = composer_.support(asked[i].category, side, random);
        if (shown.empty()) {
            continue;
        }
        pixels.insert(pixels.end(), shown.begin(), shown.end());
        of.push_back(static_cast<std::int64_t>(i));
        // The picture alone is what one-shot search asks with: oftener than a uniform draw would.
        share.push_back(random.chance(kPictureAlone) ? 1.0f : static_cast<float>(random.uniform()));
        const auto found = std::lower_bound(set_.closed.begin(), set_.closed.end(), asked[i].category);
        const bool known =
            set_.closed.size() <= kMostColumns && found != set_.closed.end() && *found == asked[i].category;
        column.push_back(known ? found - set_.closed.begin() : -1);
    }
    if (!of.empty()) {
        part.supportPixels = at::tensor(pixels).view({static_cast<std::int64_t>(of.size()), 3, side, side});
        part.supportOf = at::tensor(of, at::kLong);
        part.supportShare = at::tensor(share);
        part.supportColumn = at::tensor(column, at::kLong);
    }
}

// All closed names, unless they are too many, and the pictures' own others.
std::vector<std::size_t> SegmentBatches::denseColumns(const std::vector<Composed>& pictures) const {
    std::vector<std::size_t> columns;
    if (set_.closed.size() <= kMostColumns) {
        columns = set_.closed;
    }
    for (const Composed& picture : pictures) {
        for (const Layer& layer : picture.layers) {
            if (std::find(columns.begin(), columns.end(), layer.category) == columns.end() &&
                area(layer.cover) >= options_.segment.minArea) {
                columns.push_back(layer.category);
            }
        }
    }
    return columns;
}

// Whether the picture's labels say where `column` is not. A closed name that covers or is covered by one of the
// picture's other kinds says the same of other cells: left out.
bool SegmentBatches::certain(const Composed& picture, std::size_t column) const {
    return closed_[column] != 0 && picture.coverage != data::Coverage::listed &&
           std::all_of(picture.layers.begin(), picture.layers.end(), [&](const Layer& layer) {
               return layer.category == column || closed_[layer.category] != 0 ||
                      vocabulary_.unrelated(column, layer.category);
           });
}

void SegmentBatches::addDense(const std::vector<Composed>& pictures, Random& random, SegmentPart& part) const {
    const std::vector<std::size_t> columns = denseColumns(pictures);
    const std::int64_t grid = options_.segment.size / 4, coarse = options_.segment.size / 16, cells = coarse * coarse,
                       count = static_cast<std::int64_t>(pictures.size()),
                       k = static_cast<std::int64_t>(columns.size());
    std::vector<std::int64_t> rows;
    for (const std::size_t column : columns) {
        rows.push_back(vocabulary_.drawRow(column, random));
    }
    part.denseRows = at::tensor(rows, at::kLong);
    part.denseTarget = at::zeros({count, k, cells});
    part.denseValid = at::zeros({count, k}, at::kBool);
    part.denseWeight = at::ones({count, cells});
    for (std::int64_t b = 0; b < count; ++b) {
        const Composed& picture = pictures[static_cast<std::size_t>(b)];
        float* target = part.denseTarget.data_ptr<float>() + b * k * cells;
        for (std::int64_t c = 0; c < k; ++c) {
            const std::size_t column = columns[static_cast<std::size_t>(c)];
            bool own = false;
            for (const Layer& layer : picture.layers) {
                if (layer.category == column) {
                    own = true;
                    addCells(layer, grid, target + c * cells);
                }
            }
            part.denseValid.data_ptr<bool>()[b * k + c] = own || certain(picture, column);
        }
        for (std::int64_t i = 0; i < cells; ++i) {
            const float sum = std::min(normaliseCell(target + i, k, cells), 1.0f);
            // Where nothing is labelled in a picture of listed kinds, anything may be.
            part.denseWeight.data_ptr<float>()[b * cells + i] =
                picture.coverage == data::Coverage::listed ? sum : kEmptyCell + kFullCell * sum;
        }
    }
}

}  // namespace maskwright::train
