// Marked objects as names: the tower's mean feature of many marked objects, seen once, and on them a small head that
// names them. Everything else of the model stays as it is.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>

#include "core/clip/pooled_head.h"
#include "core/clip/towers.h"
#include "core/clipseg/model.h"
#include "core/nn/layers.h"
#include "core/train/compose.h"
#include "core/train/loop.h"
#include "core/train/model_files.h"
#include "core/train/shards.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {
namespace {

constexpr std::size_t kTogether = 16;  // pictures encoded at once
constexpr std::int64_t kSide = 160;    // of a support picture, where the model says none
constexpr double kLineSeconds = 20;    // between lines while objects are looked at
constexpr float kKin = -1e4f;          // a name that is also right is no wrong answer
const std::string kHead = "clip.pooled_head.";

struct Examples {
    at::Tensor means;       // [N, P]
    at::Tensor categories;  // [N] int64, positions in the table of names
};

// The categories that go into the table: annotated often enough, in the data set's order.
std::vector<std::size_t> known(const data::DataSet& set, std::int64_t least) {
    std::vector<std::int64_t> count(set.categories.size(), 0);
    for (const data::Annotation& annotation : set.annotations) {
        ++count[annotation.category];
    }
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < count.size(); ++i) {
        if (count[i] >= least) {
            known.push_back(i);
        }
    }
    return known;
}

// Marked objects and what the tower makes of them. `tower` has no head: its pooled embedding is the mean of its
// features.
class Viewer {
  public:
    Viewer(const Context& context, const clip::Config& tower, const data::DataSet& set,
           const std::vector<std::size_t>& table)
        : context_(context),
          tower_(tower),
          table_(table),
          photos_(need(PhotoStore::load(set, context.options.photoSide, std::max<std::size_t>(context.shards(), 2)))),
          composer_(set, photos_, context.options.segment, static_cast<std::uint64_t>(context.options.seed),
                    preprocessingOf(context)),
          side_(tower.vision.pooledSize() > 0 ? tower.vision.pooledSize() : kSide) {
        std::set_intersection(table.begin(), table.end(), set.closed.begin(), set.closed.end(),
                              std::back_inserter(closed_));  // both in order
    }

    // support.examples of them, fewer where a drawn name has no object large enough. Throws Interrupted at a stop.
    Examples see(const nn::TensorMap& model) const {
        const auto wanted = static_cast<std::size_t>(context_.options.support.examples), parts = context_.shards();
        std::vector<Seen> seen(parts);
        const Shards shards(model, parts);
        auto lastLine = std::chrono::steady_clock::now();
        // In batches, so that a stop is heard and a line is written in between.
        for (std::size_t from = 0; from < wanted; from += parts * kTogether) {
            shards.run([&](std::size_t part, const nn::TensorMap& tensors) {
                const std::size_t first = from + part * kTogether;
                add(first, std::min(first + kTogether, wanted), tensors, seen[part]);
            });
            if (context_.stop.stop_requested()) {
                throw Interrupted{};
            }
            const auto now = std::chrono::steady_clock::now();
            if (std::chrono::duration<double>(now - lastLine).count() > kLineSeconds) {
                context_.say("support: " + std::to_string(std::min(from + parts * kTogether, wanted)) + " of " +
                             std::to_string(wanted) + " marked objects seen");
                lastLine = now;
            }
        }
        return together(seen);
    }

  private:
    struct Seen {
        std::vector<at::Tensor> means;
        std::vector<std::int64_t> categories;
    };

    // Objects first .. last - 1; which they are follows from their numbers.
    void add(std::size_t first, std::size_t last, const nn::TensorMap& tensors, Seen& seen) const {
        at::NoGradGuard guard;
        std::vector<float> pixels;
        std::int64_t count = 0;
        for (std::size_t i = first; i < last; ++i) {
            Random random(static_cast<std::uint64_t>(context_.options.seed), 7, 0, i);
            const bool closed = random.chance(context_.options.support.closed) && !closed_.empty();
            const std::size_t category = random.pick(closed ? closed_ : table_);
            const std::vector<float> shown = composer_.support(category, side_, true, random).pixels;
            if (!shown.empty()) {
                pixels.insert(pixels.end(), shown.begin(), shown.end());
                seen.categories.push_back(std::lower_bound(table_.begin(), table_.end(), category) - table_.begin());
                ++count;
            }
        }
        if (count > 0) {
            vision::Request request;
            request.pooled = true;
            request.arithmetic = nn::trainingArithmetic(false);
            request.firstTrained = vision::kNoneTrained;
            const at::Tensor shown = at::tensor(pixels).view({count, 3, side_, side_});
            seen.means.push_back(clip::vision(nn::Params(tensors)["clip"], tower_, shown, request).pooled);
        }
    }

    static Examples together(const std::vector<Seen>& seen) {
        Seen all;
        for (const Seen& part : seen) {
            all.means.insert(all.means.end(), part.means.begin(), part.means.end());
            all.categories.insert(all.categories.end(), part.categories.begin(), part.categories.end());
        }
        if (all.means.empty()) {
            throw TrainError({ErrorKind::input, "the photographs have no object large enough to be marked",
                              "use masks that cover more of their pictures"});
        }
        return {at::cat(all.means), at::tensor(all.categories, at::kLong)};
    }

    const Context& context_;
    const clip::Config& tower_;
    const std::vector<std::size_t>& table_;
    const PhotoStore photos_;
    const Composer composer_;
    const std::int64_t side_;
    std::vector<std::size_t> closed_;  // of the table
};

// [K, K]: kKin where one name covers the other or is the same word, and it is not the name itself.
at::Tensor kinOf(const data::DataSet& set, const std::vector<std::size_t>& table) {
    const auto count = static_cast<std::int64_t>(table.size());
    at::Tensor kin = at::zeros({count, count});
    float* value = kin.data_ptr<float>();
    for (std::int64_t a = 0; a < count; ++a) {
        for (std::int64_t b = 0; b < count; ++b) {
            if (a != b && !unrelated(set, table[static_cast<std::size_t>(a)], table[static_cast<std::size_t>(b)])) {
                value[a * count + b] = kKin;
            }
        }
    }
    return kin;
}

// The part of the head that learns: all but the names.
nn::TensorMap freshHead(const nn::Parameters& parameters, std::int64_t seed) {
    at::manual_seed(static_cast<std::uint64_t>(seed));
    nn::TensorMap head;
    for (const char* name : {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"}) {
        head[kHead + name] = nn::fresh(parameters.at(kHead + name));
    }
    return head;
}

// Naming objects: cross entropy of the head's cosines, with noise on what it sees.
class SupportObjective final : public Objective {
  public:
    SupportObjective(const Options& options, Examples examples, at::Tensor embeddings, at::Tensor kin)
        : options_(options),
          examples_(std::move(examples)),
          embeddings_(std::move(embeddings)),
          kin_(std::move(kin)),
          deviation_(examples_.means.std(0, false, true)) {}

    [[nodiscard]] std::int64_t batch() const { return std::min(options_.support.batch, examples_.means.size(0)); }

    // One part is the whole batch.
    at::Tensor loss(const Part& part, const nn::TensorMap& head, Tally&) override {
        Random random(static_cast<std::uint64_t>(options_.seed), 8, static_cast<std::uint64_t>(part.step));
        std::vector<std::int64_t> rows;
        for (std::int64_t i = 0; i < batch(); ++i) {
            rows.push_back(static_cast<std::int64_t>(random.below(static_cast<std::size_t>(examples_.means.size(0)))));
        }
        const at::Tensor chosen = at::tensor(rows, at::kLong), wanted = examples_.categories.index_select(0, chosen),
                         clean = examples_.means.index_select(0, chosen),
                         means = clean + options_.support.noise * deviation_ * at::randn_like(clean);
        const at::Tensor cosines = clip::nameCosines(nn::Params(head)["clip"]["pooled_head"], means, embeddings_);
        return at::cross_entropy_loss(cosines * options_.support.scale + kin_.index_select(0, wanted), wanted);
    }

  private:
    const Options& options_;
    const Examples examples_;
    const at::Tensor embeddings_, kin_, deviation_;
};

}  // namespace

void supportStage(const Context& context) {
    const Options& options = context.options;
    const SupportStage& stage = options.support;
    const std::string from = options.runs("segment") ? options.output : options.start;
    Context with = context;
    with.device = at::kCPU;
    with.config = clipseg::readModelConfig(from);
    clip::Config& clip = with.config.clip;
    if (!clip.vision.hasMaps()) {
        throw TrainError({ErrorKind::input,
                          message("%1: CLIP's own pooled embedding already lies where phrases lie", from),
                          "leave the stage support out"});
    }
    const nn::Parameters before = clip::pooledHeadParameters(clip.pooledHead, clip.projection);
    nn::TensorMap model = tensorsIn(from, [&](const std::string& name) { return !before.contains(name); });
    const data::DataSet& set = *context.shown;
    const std::vector<std::size_t> table = known(set, stage.least);
    if (table.empty()) {
        throw TrainError({ErrorKind::input,
                          message("%1: no name is annotated as often as support.least asks", set.file),
                          "lower support.least"});
    }
    clip.pooledHead.names = 0;
    Examples examples = Viewer(with, clip, set, table).see(model);

    std::vector<std::string> names;
    for (const std::size_t category : table) {
        names.push_back(set.categories[category].name);
    }
    context.say("support: " + std::to_string(names.size()) + " names");
    at::Tensor embeddings;
    {
        at::NoGradGuard guard;
        embeddings = nn::linear(nn::Params(model)["clip"]["text_projection"],
                                textFeatures(context, model, *openTokenizer(context), names));
    }
    clip.pooledHead = {static_cast<std::int64_t>(names.size()), stage.mlp, stage.scale};
    const nn::Parameters head = clip::pooledHeadParameters(clip.pooledHead, clip.projection);
    SupportObjective objective(options, std::move(examples), embeddings, kinOf(set, table));
    Plan plan = planOf("support", stage, head);  // without a checkpoint: it takes minutes
    plan.batch = objective.batch();
    plan.lineSteps = 100;
    Checkpoint state = beginning(with, plan, [&] { return freshHead(head, options.seed); });
    runLoop(with, plan, objective, state);

    for (const auto& [name, tensor] : state.model) {
        model[name] = tensor.detach();
    }
    model[kHead + "names"] = embeddings;
    writeModelFolder(with, model, with.config.defaultThreshold);
}

}  // namespace maskwright::train
