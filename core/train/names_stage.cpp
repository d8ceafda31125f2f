// A model on a trunk that detects: its text tower is that of a model before, its is-a head learns from the phrases
// which of the trunk's own names they mean, everything else begins. With `start` that model's is-a head learns on, and
// everything else stays.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "core/base/file.h"
#include "core/clipseg/model.h"
#include "core/clipseg/spoken.h"
#include "core/nn/layers.h"
#include "core/train/class_photos.h"
#include "core/train/loop.h"
#include "core/train/model_files.h"
#include "core/train/names_lesson.h"
#include "core/train/vocabulary.h"
#include "core/vision/detector_trunk.h"
#include "core/weights/model_folder.h"

namespace maskwright::train {
namespace {

const vision::DetectorTrunk& trunkOf(const Context& context) {
    const auto* trunk = std::get_if<vision::DetectorTrunk>(&context.config.clip.vision.type());
    if (trunk == nullptr || context.config.eyes.isAMlp == 0) {
        throw TrainError(
            {ErrorKind::input,
             message("%1: the stage names is for a model with a detector and is_a_mlp", context.options.file),
             "see models/sight/train.json"});
    }
    return *trunk;
}

// The detector's names, as the file of its weights has them.
std::vector<std::string> namesIn(const weights::SafetensorsFile& file, const std::string& path, std::int64_t count) {
    const auto found = file.metadata().find("names");
    std::vector<std::string> names;
    if (found != file.metadata().end()) {
        const Json list = Json::parse(found->second, nullptr, false);
        for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
            names.push_back(list[i].is_string() ? list[i].get<std::string>() : std::string());
        }
    }
    if (static_cast<std::int64_t>(names.size()) != count) {
        throw TrainError({ErrorKind::input, message("%1: its metadata does not name %2 things", path, count),
                          "take the file that extract.py makes"});
    }
    return names;
}

// The category of each of the detector's names.
std::vector<std::size_t> categoriesOf(const data::DataSet& set, const std::vector<std::string>& names) {
    std::vector<std::size_t> categories;
    for (const std::string& name : names) {
        const auto found = std::find_if(set.closed.begin(), set.closed.end(), [&](std::size_t c) {
            const auto& all = set.categories[c].names;
            return std::find(all.begin(), all.end(), name) != all.end();
        });
        if (found == set.closed.end()) {
            throw TrainError({ErrorKind::input, message("%1: no closed category is called %2", set.file, quoted(name)),
                              "add it to its names"});
        }
        categories.push_back(*found);
    }
    return categories;
}

// The trunk's tensors.
void putTrunk(const vision::DetectorTrunk& trunk, const nn::TensorMap& published,
              const weights::SafetensorsFile& detector, nn::TensorMap& model) {
    for (const auto& [name, tensor] : vision::importTrunks(nn::readTensors(detector), published, trunk)) {
        model["clip.vision_model." + name] = tensor;
    }
}

// Which category each class of the classifier is, told from photographs.
std::vector<std::size_t> classesShown(const Context& context, const data::DataSet& set,
                                      const vision::DetectorTrunk& trunk, const nn::TensorMap& published) {
    const vision::Trunk alone(trunk.classifier);
    const vision::ImportedClassifier backbone = vision::importClassifier(published, alone);
    std::vector<std::size_t> classes(static_cast<std::size_t>(trunk.classes), Meanings::kNoCategory);
    for (const ClassPhoto& photo : showClasses(context, set, backbone, alone).photos) {
        classes.at(static_cast<std::size_t>(photo.number)) = photo.category;
    }
    return classes;
}

// The synsets of the option `classes`.
std::vector<std::string> readClasses(const std::string& file, std::int64_t count) {
    constexpr std::uint64_t kMostBytes = 1u << 20;
    std::istringstream lines(need(readFile(file, kMostBytes)));
    std::vector<std::string> synsets;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (data::senseNumber(line) == 0) {
            throw TrainError({ErrorKind::input, message("%1: %2 is no synset of a noun", file, quoted(line)),
                              "write one a line, as n02084071"});
        }
        synsets.push_back(line);
    }
    if (static_cast<std::int64_t>(synsets.size()) != count) {
        throw TrainError({ErrorKind::input, message("%1 has %2 synsets for %3 classes", file, synsets.size(), count),
                          "write the synset of each class of the classifier, in its order"});
    }
    return synsets;
}

// The category of each synset; kNoCategory where there is none.
std::vector<std::size_t> categoriesWith(const data::DataSet& set, const std::vector<std::string>& synsets) {
    std::map<std::string, std::size_t> bySynset;
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        bySynset.emplace(set.categories[c].synset, c);
    }
    std::vector<std::size_t> categories;
    for (const std::string& synset : synsets) {
        const auto found = bySynset.find(synset);
        categories.push_back(found == bySynset.end() ? Meanings::kNoCategory : found->second);
    }
    return categories;
}

// The text tower of text_model, its vocabulary, and its text projection in as many dimensions as this model has: the
// products of any two phrases stay what they were, as far as they have room.
void putText(const Context& context, nn::TensorMap& model) {
    const std::string& folder = context.options.textModel;
    const auto file = need(weights::openWeights(need(weights::locateModel(folder))));
    const nn::TensorMap before = nn::readTensors(
        file, [](const std::string& name) { return name.starts_with("clip.text_") || name == "clip.logit_scale"; });
    for (const auto& [name, parameter] : clip::parameters(context.config.clip)) {
        if (parameter.part == nn::Part::textTower || parameter.part == nn::Part::temperature) {
            const auto found = before.find(name);
            if (found == before.end() || found->second.sizes().vec() != parameter.shape) {
                throw TrainError({ErrorKind::input, message("%1 has no tensor %2 of this model's shape", folder, name),
                                  "give the model the text_config of text_model"});
            }
            model[name] = found->second;
        }
    }
    const at::Tensor& projection = before.at("clip.text_projection.weight");  // [P of text_model, hidden]
    const std::int64_t width = context.config.clip.projection;
    if (width > projection.size(1)) {
        throw TrainError({ErrorKind::input,
                          message("projection_dim is above the text tower's width, %1", projection.size(1)),
                          "lower it"});
    }
    const auto [values, vectors] = at::linalg_eigh(at::mm(projection.t(), projection));  // ascending
    const at::Tensor leading =
        vectors.slice(1, vectors.size(1) - width) * values.slice(0, values.size(0) - width).clamp_min(0).sqrt();
    model["clip.text_projection.weight"] = leading.t().contiguous();
    need(weights::copyTokenizer(folder, [&](std::string_view name) { return context.workFile(std::string(name)); }));
}

class NamesObjective final : public Objective {
  public:
    NamesObjective(const Context& context, const NamesLesson& lesson, at::Tensor conditions, std::int64_t outputs)
        : context_(context), lesson_(lesson), conditions_(std::move(conditions)), outputs_(outputs) {}

    // One part is the whole batch.
    at::Tensor loss(const Part& part, const nn::TensorMap& head, Tally&) override {
        const NamesStage& stage = context_.options.names;
        Random random(static_cast<std::uint64_t>(context_.options.seed), 11, static_cast<std::uint64_t>(part.step));
        std::vector<std::int64_t> rows;
        at::Tensor targets = at::zeros({stage.batch, outputs_});
        for (std::int64_t i = 0; i < stage.batch; ++i) {
            rows.push_back(draw(random));
            for (const auto& [output, share] : lesson_.meanings[static_cast<std::size_t>(rows.back())]) {
                targets.data_ptr<float>()[i * outputs_ + output] = share;
            }
        }
        const at::Tensor conditions = conditions_.index_select(0, at::tensor(rows, at::kLong).to(context_.device));
        const at::Tensor logits = clipseg::isA(nn::Params(head)["decoder"]["is_a"], conditions);
        // A sum over the names: each of them is a question of its own.
        return at::binary_cross_entropy_with_logits(logits, targets.to(context_.device)) *
               static_cast<double>(outputs_);
    }

  private:
    [[nodiscard]] std::int64_t draw(Random& random) const {
        const NamesStage& stage = context_.options.names;
        if (random.chance(stage.unknown)) {
            return random.pick(lesson_.madeUp);
        }
        if (random.chance(stage.closed) && !lesson_.saying.empty()) {
            return random.pick(random.pick(lesson_.saying));
        }
        if (random.chance(stage.classes) && !lesson_.classes.empty()) {
            return random.pick(random.pick(lesson_.classes));
        }
        return random.chance(0.5) || lesson_.none.empty() ? random.pick(lesson_.known) : random.pick(lesson_.none);
    }

    const Context& context_;
    const NamesLesson& lesson_;
    const at::Tensor conditions_;
    const std::int64_t outputs_;
};

nn::TensorMap headOf(const nn::Parameters& parameters, const nn::TensorMap& model) {
    nn::TensorMap head;
    for (const auto& [name, parameter] : parameters) {
        if (parameter.part == nn::Part::isA) {
            head[name] = model.at(name);
        }
    }
    return head;
}

// The names that the model keeps: the detector's, then those oftenest annotated.
std::vector<std::string> keptNames(const data::DataSet& set, const std::vector<std::size_t>& detector,
                                   std::int64_t count) {
    std::vector<std::int64_t> annotated(set.categories.size(), 0);
    for (const data::Annotation& annotation : set.annotations) {
        ++annotated[annotation.category];
    }
    std::vector<std::size_t> kept = detector, others;
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        if (std::find(detector.begin(), detector.end(), c) == detector.end()) {
            others.push_back(c);
        }
    }
    std::stable_sort(others.begin(), others.end(),
                     [&](std::size_t a, std::size_t b) { return annotated[a] > annotated[b]; });
    if (kept.size() + others.size() < static_cast<std::size_t>(count)) {
        throw TrainError(
            {ErrorKind::input, message("%1 has fewer than %2 categories", set.file, count), "lower names"});
    }
    others.resize(static_cast<std::size_t>(std::max<std::int64_t>(count - static_cast<std::int64_t>(kept.size()), 0)));
    kept.insert(kept.end(), others.begin(), others.end());
    std::vector<std::string> names;
    for (const std::size_t c : kept) {
        names.push_back(set.categories[c].name);
    }
    return names;
}

// How much of the detector's names, asked by their own, the head gives to themselves and to others.
void sayOwn(const Context& context, const nn::TensorMap& model, const std::vector<std::string>& names) {
    at::NoGradGuard guard;
    const nn::Params p(model);
    const at::Tensor rows = textFeatures(context, model, *openTokenizer(context), names).to(context.device);
    const at::Tensor conditions = clipseg::asked(context.config, nn::linear(p["clip"]["text_projection"], rows));
    const at::Tensor a = at::sigmoid(clipseg::isA(p["decoder"]["is_a"], conditions));
    const auto n = static_cast<std::int64_t>(names.size());
    const at::Tensor square = a.slice(1, 0, n), own = square.diagonal();
    const double others =
        ((square.sum() - own.sum()) / static_cast<double>(std::max<std::int64_t>(n * (n - 1), 1))).item<double>();
    context.say("names: asked by their own name " + std::to_string(own.mean().item<double>()) + ", by another's " +
                std::to_string(others));
}

// The stage's model before the head has learned anything.
nn::TensorMap beginningModel(const Context& context, const nn::Parameters& parameters) {
    if (!context.options.start.empty()) {
        return tensorsIn(context.options.start, [](const std::string&) { return true; });
    }
    nn::TensorMap model;
    at::manual_seed(static_cast<std::uint64_t>(context.options.seed));
    for (const auto& [name, parameter] : parameters) {
        if (parameter.part != nn::Part::textTower && parameter.part != nn::Part::visionTower) {
            model[name] = nn::fresh(parameter);
        }
    }
    putText(context, model);
    return model;
}

}  // namespace

void namesStage(const Context& context) {
    const Options& options = context.options;
    const bool again = !options.start.empty();
    const vision::DetectorTrunk& trunk = trunkOf(context);
    const auto detector = need(weights::SafetensorsFile::open(options.detector));
    const data::DataSet& set = *context.photos;
    const std::vector<std::size_t> names = categoriesOf(set, namesIn(detector, options.detector, trunk.names));
    const nn::Parameters parameters = clipseg::parameters(context.config);
    nn::TensorMap model = beginningModel(context, parameters);
    std::optional<WordNet> net;
    if (!options.wordnet.empty()) {
        net = need(WordNet::load(options.wordnet));
    }
    nn::TensorMap published;
    if (!again) {
        published = nn::readTensors(need(weights::SafetensorsFile::open(options.backbone)));
        putTrunk(trunk, published, detector, model);
    }
    std::optional<data::DataSet> more;  // with the classes that no photograph shows
    std::vector<std::size_t> classes;
    if (options.classes.empty()) {
        classes = classesShown(context, set, trunk, published);
    } else {
        const std::vector<std::string> synsets = readClasses(options.classes, trunk.classes);
        more = Meanings::withSenses(set, synsets, *net);
        classes = categoriesWith(*more, synsets);
    }
    const data::DataSet& things = more ? *more : set;
    const Meanings meanings(things, names, classes, net ? &*net : nullptr);
    const NamesLesson lesson = namesLesson(context, things, meanings, trunk.names, model);

    at::Tensor conditions;
    {
        at::NoGradGuard guard;
        const at::Tensor projection = model.at("clip.text_projection.weight").to(context.device);
        conditions = clipseg::asked(context.config, at::mm(lesson.features, projection.t()));
        if (const std::vector<std::string> kept = keptNames(set, names, context.config.eyes.names);
            !again && !kept.empty()) {
            const at::Tensor features = textFeatures(context, model, *openTokenizer(context), kept);
            model["decoder.names"] = at::mm(features, model.at("clip.text_projection.weight").t());
        }
    }
    NamesObjective objective(context, lesson, conditions, meanings.outputs());
    Plan plan = planOf("names", options.names, parameters);  // without a checkpoint: it takes a minute
    plan.lineSteps = 100;
    Checkpoint state = beginning(context, plan, [&] { return headOf(parameters, model); });
    runLoop(context, plan, objective, state);
    for (const auto& [name, tensor] : state.model) {
        model[name] = tensor.detach();
    }
    std::vector<std::string> own;
    for (const std::size_t category : names) {
        own.push_back(set.categories[category].name);
    }
    for (auto& [name, tensor] : model) {
        tensor = tensor.to(context.device);
    }
    sayOwn(context, model, own);
    if (again) {
        writeModelFolder(context, wholeModel(context.config, model), context.config.defaultThreshold);
    } else {
        need(nn::writeTensors(context.workFile("names.safetensors"), wholeModel(context.config, model),
                              weights::DType::f32));
    }
}

}  // namespace maskwright::train
