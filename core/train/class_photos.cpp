#include "core/train/class_photos.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/train/pixels.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

constexpr std::int64_t kSide = 224;  // of a picture shown to the classifier

// Photographs that stand for one class each, in the order of their synsets, which is the classifier's order.
std::vector<ClassPhoto> classPhotos(const data::DataSet& set) {
    std::vector<ClassPhoto> samples;
    for (std::size_t i = 0; i < set.photos.size(); ++i) {
        if (set.photos[i].coverage != data::Coverage::saliency) {
            continue;
        }
        for (const std::size_t index : set.photos[i].annotations) {
            const data::Category& category = set.categories[set.annotations[index].category];
            if (!category.synset.empty() && set.photos[i].file.find(category.synset) != std::string::npos) {
                samples.push_back({i, set.annotations[index].category, category.synset, 0});
                break;
            }
        }
    }
    std::sort(samples.begin(), samples.end(),
              [](const ClassPhoto& a, const ClassPhoto& b) { return a.synset < b.synset; });
    return samples;
}

// Which class each sample is, given log-probabilities [samples, classes]: increasing, with the highest sum. A few
// classes have no sample.
std::vector<std::int64_t> align(const at::Tensor& scores) {
    const std::int64_t n = scores.size(0), classes = scores.size(1), gaps = classes - n;
    const float* s = scores.data_ptr<float>();
    std::vector<std::vector<double>> best(static_cast<std::size_t>(n + 1),
                                          std::vector<double>(static_cast<std::size_t>(gaps + 1), 0));
    std::vector<std::vector<std::int64_t>> from(static_cast<std::size_t>(n + 1),
                                                std::vector<std::int64_t>(static_cast<std::size_t>(gaps + 1), 0));
    for (std::int64_t i = 0; i < n; ++i) {
        double running = -1e300;
        std::int64_t where = 0;
        for (std::int64_t g = 0; g <= gaps; ++g) {
            const auto row = static_cast<std::size_t>(i), column = static_cast<std::size_t>(g);
            if (best[row][column] > running) {
                running = best[row][column];
                where = g;
            }
            best[row + 1][column] = running + s[i * classes + i + g];
            from[row + 1][column] = where;
        }
    }
    std::vector<std::int64_t> result(static_cast<std::size_t>(n));
    const auto& last = best[static_cast<std::size_t>(n)];
    std::int64_t g = std::max_element(last.begin(), last.end()) - last.begin();
    for (std::int64_t i = n; i > 0; --i) {
        result[static_cast<std::size_t>(i - 1)] = i - 1 + g;
        g = from[static_cast<std::size_t>(i)][static_cast<std::size_t>(g)];
    }
    return result;
}

// The head's mean feature of every class photograph, [samples, hidden].
at::Tensor classFeatures(const Context& context, const data::DataSet& set, const std::vector<ClassPhoto>& samples,
                         const vision::ImportedClassifier& backbone, const vision::Trunk& trunk) {
    at::Tensor features = at::zeros({static_cast<std::int64_t>(samples.size()), backbone.classifierWeight.size(1)});
    vision::Request request;
    request.dense = true;  // at the picture's own size, not at the one of marked objects
    request.arithmetic = nn::trainingArithmetic(false);
    const Shards shards(backbone.trunk, context.shards());
    shards.run([&](std::size_t shard, const nn::TensorMap& tensors) {
        at::NoGradGuard guard;
        for (std::size_t i = shard; i < samples.size(); i += shards.count()) {
            if (context.stop.stop_requested()) {
                return;
            }
            const Image image = need(data::readPhoto(set, set.photos[samples[i].photo]));
            features[static_cast<std::int64_t>(i)] =
                trunk.forward(nn::Params(tensors), pixelsOf(image, kSide, kSide), request).dense[0].mean(0);
        }
    });
    if (context.stop.stop_requested()) {
        throw Interrupted{};
    }
    return features;
}

// Which class of the classifier each photograph stands for.
std::vector<std::int64_t> classesOf(const Context& context, const at::Tensor& features,
                                    const vision::ImportedClassifier& backbone) {
    const at::Tensor scores =
        at::log_softmax(at::addmm(backbone.classifierBias, features, backbone.classifierWeight.t()), -1).contiguous();
    std::vector<std::int64_t> classes = align(scores);
    std::int64_t right = 0;
    for (std::int64_t i = 0; i < scores.size(0); ++i) {
        right += scores[i].argmax().item<std::int64_t>() == classes[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    context.say(std::to_string(scores.size(0)) + " class photographs, " + std::to_string(right) +
                " recognised by the classifier");
    return classes;
}

}  // namespace

ClassPhotos showClasses(const Context& context, const data::DataSet& set, const vision::ImportedClassifier& backbone,
                        const vision::Trunk& trunk) {
    ClassPhotos shown;
    shown.photos = classPhotos(set);
    const std::int64_t classes = backbone.classifierWeight.size(0),
                       count = static_cast<std::int64_t>(shown.photos.size());
    if (count < 2 || count > classes) {
        throw TrainError({ErrorKind::input,
                          message("%1 has %2 pictures that stand for one class", set.file, shown.photos.size()),
                          message("the joint stage needs at least 2 and at most %1", classes)});
    }
    shown.features = classFeatures(context, set, shown.photos, backbone, trunk);
    const std::vector<std::int64_t> numbers = classesOf(context, shown.features, backbone);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        shown.photos[i].number = numbers[i];
    }
    return shown;
}

}  // namespace maskwright::train
