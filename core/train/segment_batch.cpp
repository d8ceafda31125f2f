#include "core/train/segment_batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
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

constexpr std::size_t kMadeUp = SIZE_MAX;           // the category of a made-up word
constexpr std::int64_t kLeastCell = 16;             // of a picture's sides: cells of the coarsest grid are so wide
constexpr double kSquares = 0.12, kStanding = 0.3;  // shares of steps; the others' pictures are lying

double area(const std::vector<std::uint8_t>& cover) {
    return std::accumulate(cover.begin(), cover.end(), 0.0) / (255.0 * static_cast<double>(cover.size()));
}

// Of the layers whose category `category` covers; empty where there is none.
std::vector<float> unionOf(const data::DataSet& set, const std::vector<Layer>& layers, std::size_t category) {
    std::vector<float> target;
    for (const Layer& layer : layers) {
        if (set.covers(category, layer.category)) {
            target.resize(layer.cover.size(), 0.0f);
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

// Adds the layer's share of every cell, `per` of the grid's cells wide, to `target`.
void addCells(const Layer& layer, std::int64_t gridWidth, std::int64_t per, float* target) {
    const std::int64_t width = gridWidth / per, height = static_cast<std::int64_t>(layer.cover.size()) / gridWidth;
    const float share = 1.0f / (255.0f * static_cast<float>(per * per));
    for (std::int64_t y = 0; y < height; ++y) {
        for (std::int64_t x = 0; x < gridWidth; ++x) {
            target[(y / per) * width + x / per] +=
                share * static_cast<float>(layer.cover[static_cast<std::size_t>(y * gridWidth + x)]);
        }
    }
}

// Scales what the columns hold of a cell down to a sum of 1 and gives the sum they had.
float normaliseCell(float* target, const std::vector<std::int64_t>& columns, std::int64_t cells) {
    float sum = 0;
    for (const std::int64_t c : columns) {
        sum += target[c * cells];
    }
    for (const std::int64_t c : columns) {
        target[c * cells] /= std::max(sum, 1.0f);
    }
    return sum;
}

}  // namespace

struct SegmentBatches::Asked {
    std::int64_t row, picture;
    std::size_t category;  // kMadeUp: none
    bool present;
    std::vector<float> target, undrawn;  // empty: nowhere
    bool doubtful, uncertain;
};

template <class Change>
SegmentPart SegmentPart::changed(const Change& change) const {
    SegmentPart other = *this;
    for (at::Tensor* tensor :
         {&other.pixels,        &other.rows,          &other.pictures,      &other.targets,       &other.present,
          &other.undrawn,       &other.doubtful,      &other.uncertain,     &other.supportPixels, &other.supportOf,
          &other.supportShare,  &other.supportRegion, &other.supportColumn, &other.denseRows,     &other.denseValid,
          &other.denseLabelled, &other.coarse.target, &other.coarse.weight, &other.fine.target,   &other.fine.weight}) {
        if (tensor->defined()) {
            *tensor = change(*tensor);
        }
    }
    return other;
}

SegmentPart SegmentPart::to(at::Device device) const {
    return changed([&](const at::Tensor& tensor) { return tensor.to(device, tensor.scalar_type(), true); });
}

SegmentPart SegmentPart::pinned() const {
    return changed([](const at::Tensor& tensor) { return tensor.pin_memory(); });
}

SegmentBatches::SegmentBatches(const data::DataSet& set, const Composer& composer, const Vocabulary& vocabulary,
                               const Options& options, std::int64_t cell, bool fine, bool darkens)
    : set_(set),
      composer_(composer),
      vocabulary_(vocabulary),
      options_(options),
      cell_(std::max<std::int64_t>(cell, kLeastCell)),
      fine_(fine),
      darkens_(darkens),
      closed_(set.categories.size(), 0) {
    for (const std::size_t category : set.closed) {
        closed_[category] = 1;
    }
    std::vector<char> seen(set.categories.size(), 0);
    for (const data::Annotation& annotation : set.annotations) {
        if (seen[annotation.category] == 0) {
            seen[annotation.category] = 1;
            annotated_.push_back(annotation.category);
        }
    }
}

// The same for all parts of a step.
Shape SegmentBatches::shapeOf(std::int64_t step) const {
    const SegmentStage& stage = options_.segment;
    Random random(static_cast<std::uint64_t>(options_.seed), 9, static_cast<std::uint64_t>(step));
    const double over =
        stage.minutes > 0 ? elapsed_.load() : static_cast<double>(step) / static_cast<double>(stage.steps);
    std::int64_t size = stage.size;
    if (stage.firstSize > 0 && over < stage.firstShare) {
        size = stage.firstSize;
    } else if (stage.smallestSize > 0 && stage.smallestSize < size) {
        const std::int64_t sizes = (size - stage.smallestSize) / cell_ + 1;
        size -= cell_ * static_cast<std::int64_t>(random.below(static_cast<std::size_t>(sizes)));
    }
    if (!stage.keepAspect) {
        return {size, size};
    }
    const double draw = random.uniform();
    const double ratio = draw < kSquares ? 1 : random.chance(0.5) ? 0.75 : 0.67;
    const std::int64_t shorter =
        std::max<std::int64_t>(
            static_cast<std::int64_t>(std::lround(static_cast<double>(size) * ratio / static_cast<double>(cell_))), 1) *
        cell_;
    return draw < kSquares + kStanding ? Shape{shorter, size} : Shape{size, shorter};
}

SegmentPart SegmentBatches::part(std::int64_t step, std::int64_t firstItem, std::int64_t count) const {
    const SegmentStage& stage = options_.segment;
    const auto seed = static_cast<std::uint64_t>(options_.seed);
    const Shape shape = shapeOf(step);
    SegmentPart part;
    part.pixels = at::empty({count, 3, shape.height, shape.width});
    std::vector<Composed> pictures;
    std::vector<Asked> asked;
    for (std::int64_t b = 0; b < count; ++b) {
        pictures.push_back(composer_.compose(step, firstItem + b, shape));
        const Composed& picture = pictures.back();
        part.photos.push_back(picture.photo);
        std::copy(picture.pixels.begin(), picture.pixels.end(),
                  part.pixels.data_ptr<float>() + b * static_cast<std::int64_t>(picture.pixels.size()));
        Random random(seed, 5, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(firstItem + b));
        ask(picture, b, random, asked);
    }
    addPhrases(asked, shape, part);
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
        asked.push_back({vocabulary_.drawRow(category, random), index, category, true,
                         unionOf(set_, picture.layers, category), unionOf(set_, picture.undrawn, category),
                         picture.detected, false});
    }
    const auto addMadeUp = [&] {
        asked.push_back({vocabulary_.drawMadeUp(random), index, kMadeUp, false, {}, {}, false, false});
    };
    if (picture.coverage == data::Coverage::listed || set_.closed.empty()) {
        // Whatever is labelled, nothing looks like a word that there is not.
        if (options_.segment.unknown > 0 && made < phrases) {
            addMadeUp();
        }
        return;
    }
    std::vector<std::size_t> there;
    for (const Layer& layer : picture.layers) {
        if (area(layer.cover) > 0) {
            there.push_back(layer.category);
        }
    }
    for (const Layer& layer : picture.undrawn) {
        there.push_back(layer.category);
    }
    const bool uncertain = picture.detected && !picture.vouched;
    for (std::size_t tries = 0; made < phrases && tries < kAbsentTries; ++tries) {
        if (options_.segment.unknown > 0 && random.chance(options_.segment.unknown)) {
            addMadeUp();
            ++made;
        } else if (const auto category = drawAbsent(there, random)) {
            asked.push_back(
                {vocabulary_.drawRow(*category, random), index, *category, false, {}, {}, uncertain, uncertain});
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

void SegmentBatches::addPhrases(const std::vector<Asked>& asked, const Shape& shape, SegmentPart& part) const {
    const auto n = static_cast<std::int64_t>(asked.size()), height = shape.height / 4, width = shape.width / 4;
    part.rows = at::empty({n}, at::kLong);
    part.pictures = at::empty({n}, at::kLong);
    part.present = at::empty({n}, at::kBool);
    part.doubtful = at::empty({n}, at::kBool);
    part.uncertain = at::empty({n}, at::kBool);
    part.targets = at::zeros({n, height, width});
    for (std::int64_t i = 0; i < n; ++i) {
        const Asked& a = asked[static_cast<std::size_t>(i)];
        part.rows.data_ptr<std::int64_t>()[i] = a.row;
        part.pictures.data_ptr<std::int64_t>()[i] = a.picture;
        part.present.data_ptr<bool>()[i] = a.present;
        part.doubtful.data_ptr<bool>()[i] = a.doubtful;
        part.uncertain.data_ptr<bool>()[i] = a.uncertain;
        std::copy(a.target.begin(), a.target.end(), part.targets.data_ptr<float>() + i * height * width);
        if (!a.undrawn.empty()) {
            if (!part.undrawn.defined()) {
                part.undrawn = at::zeros({n, height, width}, at::kBool);
            }
            std::copy(a.undrawn.begin(), a.undrawn.end(), part.undrawn.data_ptr<bool>() + i * height * width);
        }
    }
}

// Support pictures, all of one size, for a few of the phrases.
void SegmentBatches::addSupport(const std::vector<Asked>& asked, Random& random, SegmentPart& part) const {
    std::vector<float> pixels, region, share;
    std::vector<std::int64_t> of, column;
    const std::int64_t sizes =
        std::max<std::int64_t>((options_.segment.supportSize - kSmallestSupport) / kSupportStep, 0) + 1;
    const std::int64_t side =
        kSmallestSupport + kSupportStep * static_cast<std::int64_t>(random.below(static_cast<std::size_t>(sizes)));
    for (std::size_t i = 0; i < asked.size() && of.size() < kMostSupport; ++i) {
        if (!random.chance(kSupportChance) || asked[i].category == kMadeUp) {
            continue;
        }
        const Composer::Shown shown = composer_.support(asked[i].category, side, darkens_, random);
        if (shown.pixels.empty()) {
            continue;
        }
        pixels.insert(pixels.end(), shown.pixels.begin(), shown.pixels.end());
        region.insert(region.end(), shown.region.begin(), shown.region.end());
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
        part.supportRegion = at::tensor(region).view({static_cast<std::int64_t>(of.size()), side, side});
        part.supportOf = at::tensor(of, at::kLong);
        part.supportShare = at::tensor(share);
        part.supportColumn = at::tensor(column, at::kLong);
    }
}

// All closed names, unless they are too many, the pictures' own others, and some that are in none of them.
std::vector<std::size_t> SegmentBatches::denseColumns(const std::vector<Composed>& pictures, Random& random) const {
    std::vector<std::size_t> columns;
    if (set_.closed.size() <= kMostColumns) {
        columns = set_.closed;
    }
    const auto add = [&](std::size_t category) {
        if (std::find(columns.begin(), columns.end(), category) == columns.end()) {
            columns.push_back(category);
        }
    };
    for (const Composed& picture : pictures) {
        for (const Layer& layer : picture.layers) {
            if (area(layer.cover) >= options_.segment.minArea) {
                add(layer.category);
            }
        }
    }
    for (std::int64_t k = 0; k < options_.segment.otherNames && !annotated_.empty(); ++k) {
        add(random.pick(annotated_));
    }
    return columns;
}

bool SegmentBatches::apart(const Composed& picture, std::size_t column) const {
    return std::all_of(picture.layers.begin(), picture.layers.end(), [&](const Layer& layer) {
        return layer.category != column && vocabulary_.unrelated(column, layer.category);
    });
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

// `per`: cells of the pictures' grid to a side of a cell here.
SegmentPart::Dense SegmentBatches::denseTargets(const std::vector<Composed>& pictures,
                                                const std::vector<std::size_t>& columns, std::int64_t per) const {
    const std::int64_t gridWidth = pictures.front().gridWidth,
                       cells = gridWidth / per * (pictures.front().gridHeight / per),
                       count = static_cast<std::int64_t>(pictures.size()),
                       k = static_cast<std::int64_t>(columns.size());
    SegmentPart::Dense dense{at::zeros({count, k, cells}), at::ones({count, cells})};
    for (std::int64_t b = 0; b < count; ++b) {
        const Composed& picture = pictures[static_cast<std::size_t>(b)];
        float* target = dense.target.data_ptr<float>() + b * k * cells;
        float* weight = dense.weight.data_ptr<float>() + b * cells;
        std::vector<std::int64_t> own;
        for (const Layer& layer : picture.layers) {
            const auto found = std::find(columns.begin(), columns.end(), layer.category);
            if (found != columns.end()) {
                own.push_back(found - columns.begin());
                addCells(layer, gridWidth, per, target + own.back() * cells);
            }
        }
        std::vector<float> undrawn(static_cast<std::size_t>(cells), 0.0f);
        for (const Layer& layer : picture.undrawn) {
            addCells(layer, gridWidth, per, undrawn.data());
        }
        for (std::int64_t i = 0; i < cells; ++i) {
            const float sum = std::min(normaliseCell(target + i, own, cells), 1.0f);
            // Where nothing is labelled in a picture of listed kinds, anything may be; where something was boxed and
            // not drawn, that.
            const bool known = picture.coverage != data::Coverage::listed && undrawn[static_cast<std::size_t>(i)] == 0;
            weight[i] = known ? kEmptyCell + kFullCell * sum : sum;
        }
    }
    return dense;
}

void SegmentBatches::addDense(const std::vector<Composed>& pictures, Random& random, SegmentPart& part) const {
    const std::vector<std::size_t> columns = denseColumns(pictures, random);
    const auto count = static_cast<std::int64_t>(pictures.size()), k = static_cast<std::int64_t>(columns.size());
    std::vector<std::int64_t> rows;
    for (const std::size_t column : columns) {
        rows.push_back(vocabulary_.drawRow(column, random));
    }
    part.denseRows = at::tensor(rows, at::kLong);
    part.denseValid = at::zeros({count, k}, at::kBool);
    part.denseLabelled = at::zeros({count, k}, at::kBool);
    for (std::int64_t b = 0; b < count; ++b) {
        const Composed& picture = pictures[static_cast<std::size_t>(b)];
        for (std::int64_t c = 0; c < k; ++c) {
            const std::size_t column = columns[static_cast<std::size_t>(c)];
            const bool own = std::any_of(picture.layers.begin(), picture.layers.end(),
                                         [&](const Layer& layer) { return layer.category == column; });
            const bool everywhere = own || certain(picture, column);
            // Of a name that nobody looked for it is certain only that it is not what was labelled.
            const bool labelled = !everywhere && options_.segment.otherNames > 0 && apart(picture, column);
            part.denseValid.data_ptr<bool>()[b * k + c] = everywhere || labelled;
            part.denseLabelled.data_ptr<bool>()[b * k + c] = labelled;
        }
    }
    part.coarse = denseTargets(pictures, columns, 4);
    if (fine_) {
        part.fine = denseTargets(pictures, columns, 2);
    }
}

}  // namespace maskwright::train
