#include "core/session/conditions.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/stopwatch.h"
#include "core/clip/preprocessing.h"
#include "core/clipseg/marked.h"
#include "core/clipseg/memory.h"
#include "core/clipseg/model.h"
#include "core/image/refine.h"
#include "core/session/limits.h"
#include "core/session/tensors.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::session {

namespace {

using visual_prompt::TokenMasking;

// From this a text that holds no listed word is taken for one of the trunk's own names all the same; of 800 strings of
// random letters and syllables 1 % reach it with Maskwright Sight.
constexpr double kSurelyMeans = 0.9;
// Below this a phrase means none of them so surely that its head alone may not mean it better: "sleepy cat" means a cat
// with 0.1, "hot dog" and "big cat" mean what they say with 0.98.
constexpr double kMeansEnough = 0.8;

// Of several phrases on the processor: the tower's weights (150 MB in CLIP's) are then read once for all of them. Ten
// of rd64's take 17 ms instead of 43 (AMD EPYC, two cores).
constexpr std::size_t kTextsAtOnce = 32;

// Compared by owner, so a reused address never matches.
template <class T>
bool sameOwner(const std::weak_ptr<T>& a, const std::shared_ptr<T>& b) {
    return !a.owner_before(b) && !b.owner_before(a) && !a.expired();
}

// A condition that was kept cost nothing this time.
Condition kept(Condition condition) {
    condition.milliseconds = 0;
    return condition;
}

// sum += share * one
void add(Condition& sum, double share, const Condition& one) {
    for (std::size_t i = 0; i < sum.values.size(); ++i) {
        sum.values[i] += static_cast<float>(share) * one.values[i];
    }
    sum.truncated = sum.truncated || one.truncated;
    sum.milliseconds += one.milliseconds;
}

Condition zero(std::int64_t projection) {
    Condition condition;
    condition.values.assign(static_cast<std::size_t>(projection), 0.0f);
    return condition;
}

// The object with what is around it, so many times as wide and as high, within the picture: a small one is looked at
// larger. Of 20 marked objects of the training set (seed 1) YOLOv7-seg names 17 with 3 times, 5 times or all of the
// picture, and 16 with 2.
Box surroundings(const Box& box, int width, int height) {
    constexpr int kTimes = 3;
    const auto grow = [](int start, int length, int side) {
        const int longer = std::min(kTimes * length, side);
        return std::pair(std::clamp(start + length / 2 - longer / 2, 0, side - longer), longer);
    };
    const auto [x, wide] = grow(box.x, box.width, width);
    const auto [y, high] = grow(box.y, box.height, height);
    return {x, y, wide, high};
}

Image cut(const Image& image, const Box& box) {
    Image out(box.width, box.height);
    for (int y = 0; y < box.height; ++y) {
        std::copy_n(image.at(box.x, box.y + y), std::size_t(box.width) * 3, out.at(0, y));
    }
    return out;
}

// 1 inside and 0 outside, [height, width].
at::Tensor cut(const Mask& region, const Box& box) {
    at::Tensor out = at::empty({box.height, box.width}, at::kFloat);
    float* to = out.data_ptr<float>();
    for (int y = 0; y < box.height; ++y) {
        for (int x = 0; x < box.width; ++x) {
            *to++ = region.at(box.x + x, box.y + y) != 0 ? 1.0f : 0.0f;
        }
    }
    return out;
}

// What the encoder is to hide of a picture that is `width` wide as it gets it.
vision::TokenMask hiddenTokens(const SupportRegion& support, int width, std::int64_t cell) {
    vision::TokenMask mask;
    const TokenMasking masking = support.style.tokenMasking;
    if (masking == TokenMasking::none) {
        return mask;
    }
    const int grid = width / static_cast<int>(cell);
    const std::vector<float> inside = visual_prompt::tokenMask(*support.region, grid);
    mask.queries =
        masking == TokenMasking::clsOnly ? vision::TokenMask::Queries::classToken : vision::TokenMask::Queries::patches;
    mask.fromBlock = masking == TokenMasking::allLayers ? 0 : support.style.maskFromLayer;
    mask.inside = at::tensor(inside, at::kFloat).reshape({1, std::int64_t(grid) * grid});
    return mask;
}

// What of a phrase embeddingOrHeads() may ask the tower for.
std::vector<std::string> textsOf(const text::KnownWords* words, const std::string& phrase) {
    if (words == nullptr) {
        return {phrase};
    }
    std::vector<std::string> texts;
    std::vector<std::string> parts = words->joined(phrase);
    parts.push_back(phrase);
    for (const std::string& part : parts) {
        texts.push_back(words->asked(part));
        texts.push_back(words->headOf(texts.back()));
    }
    return texts;
}

// What a phrase says of place, where the rest of it is something that the model knows; otherwise it is asked as it is.
referring::PlaceWords placeIn(const text::KnownWords* words, const std::string& phrase) {
    referring::PlaceWords place{{}, phrase, false};
    if (words == nullptr) {
        return place;
    }
    referring::PlaceWords read = referring::placeWordsOf(phrase);
    return !read.wishes.empty() && words->read(read.rest).known ? read : place;
}

std::int64_t bytesOf(const Condition& condition, const std::string& key) {
    // The key is in an entry and in the index. Words and places are a few bytes each, mostly inside the strings
    // themselves.
    const std::size_t words = condition.words.unknown.size() * sizeof(std::string);
    std::size_t numbers = condition.values.size();
    for (const std::vector<float>& one : condition.each) {
        numbers += one.size();
    }
    return static_cast<std::int64_t>(sizeof(Condition) + numbers * sizeof(float) + words + 2 * key.size());
}

}  // namespace

struct Conditions::Embedded {
    at::Tensor values;  // [1, P]
    bool truncated = false;
};

struct Conditions::Ahead {
    std::map<std::string, Embedded> texts;
};

void Conditions::prepare(std::span<const Prompt> prompts) {
    ahead_ = std::make_shared<Ahead>();
    auto& texts = ahead_->texts;
    // On the processor one by one where a phrase may be asked in several ways: few of them are needed.
    if (model_.device().is_cpu() && model_.words() != nullptr) {
        return;
    }
    for (const Prompt& prompt : prompts) {
        for (const std::string* phrase : {&prompt.phrase, &prompt.negativePhrase}) {
            if (phrase->empty() || kept_.find<Condition>("phrase " + *phrase) != nullptr) {
                continue;
            }
            for (std::string& text : textsOf(model_.words(), placeIn(model_.words(), *phrase).rest)) {
                texts.try_emplace(std::move(text));
            }
        }
    }
    std::vector<text::Tokens> tokens;
    for (auto& [text, embedded] : texts) {
        tokens.push_back(model_.tokenizer().encode(text, model_.config().clip.text.positions));
        embedded.truncated = tokens.back().truncated;
    }
    if (tokens.empty()) {
        return;
    }
    const std::size_t atOnce = model_.device().is_cpu() ? kTextsAtOnce : tokens.size();
    auto next = texts.begin();
    for (std::size_t first = 0; first < tokens.size(); first += atOnce) {
        const auto some = std::span(tokens).subspan(first, std::min(atOnce, tokens.size() - first));
        for (const at::Tensor& row : model_.textConditions(some).split(1)) {
            next->second.values = row;
            ++next;
        }
    }
}

Conditions::Embedded Conditions::embedding(const std::string& text) const {
    if (ahead_) {
        const auto found = ahead_->texts.find(text);
        if (found != ahead_->texts.end() && found->second.values.defined()) {
            return {found->second.values.to(model_.device()), found->second.truncated};
        }
    }
    const text::Tokens tokens = model_.tokenizer().encode(text, model_.config().clip.text.positions);
    return {model_.textCondition(tokens), tokens.truncated};
}

// Of a phrase that does not surely mean one of the trunk's names, where its head does, the head's.
Conditions::Embedded Conditions::embeddingOrHeads(const std::string& phrase) const {
    const text::KnownWords* words = model_.words();
    if (words == nullptr) {
        return embedding(phrase);
    }
    const std::string asked = words->asked(phrase);
    Embedded whole = embedding(asked);
    const std::string head = words->headOf(asked);
    if (head == asked || model_.meansName(whole.values) >= kMeansEnough) {
        return whole;
    }
    const Embedded alone = embedding(head);
    return model_.meansName(alone.values) >= kSurelyMeans ? Embedded{alone.values, whole.truncated} : whole;
}

template <class Compute>
Result<Condition> Conditions::keptOr(const std::string& key, Compute compute) {
    if (const auto known = kept_.find<Condition>(key)) {
        return kept(*known);
    }
    Result<Condition> condition = compute();
    if (condition) {
        kept_.put(key, std::make_shared<const Condition>(*condition), bytesOf(*condition, key));
    }
    return condition;
}

Result<Condition> Conditions::ofPhrase(const std::string& phrase) {
    return keptOr("phrase " + phrase, [&] { return computed(phrase); });
}

Result<Condition> Conditions::computed(const std::string& whole) {
    const Stopwatch watch;
    Condition condition;
    condition.place = placeIn(model_.words(), whole);
    const std::string phrase = condition.place.rest;
    const Embedded embedded = embeddingOrHeads(phrase);
    condition.values = asVector(embedded.values);
    condition.truncated = embedded.truncated;
    MASKWRIGHT_TRY(checkFinite(info_, condition.values));
    if (const text::KnownWords* words = model_.words()) {
        for (const std::string& one : words->joined(phrase)) {
            condition.each.push_back(asVector(embeddingOrHeads(one).values));
            MASKWRIGHT_TRY(checkFinite(info_, condition.each.back()));
        }
        text::Reading reading = words->read(phrase);
        // A word that is in no list may be near enough to one that is ("télévision").
        if (!reading.known && model_.meansName(embedded.values) >= kSurelyMeans) {
            reading = {};
        }
        condition.words = {true, reading.known, std::move(reading.unknown), reading.unfinished, {},
                           referring::inWords(condition.place.wishes)};
    }
    condition.milliseconds = watch.milliseconds();
    return condition;
}

Result<Condition> Conditions::ofPixels(const Planar& pixels, std::stop_token stop) {
    return ofPixels(pixels, std::move(stop), {});
}

Result<Condition> Conditions::ofPixels(const Planar& pixels, std::stop_token stop, const vision::TokenMask& hidden) {
    const std::int64_t cell = info_.capabilities.cell;
    if (pixels.width < cell || pixels.height < cell || pixels.width % cell != 0 || pixels.height % cell != 0 ||
        pixels.width > kMaxSize || pixels.height > kMaxSize) {
        return Error{ErrorKind::usage,
                     message("an engineered picture of %1x%2 does not fit the model %3", pixels.width, pixels.height,
                             info_.name),
                     message("its sides must be multiples of %1 up to %2", cell, kMaxSize)};
    }
    if (model_.device().is_cpu()) {
        const double bytes = clipseg::bytesAlivePooled(model_.config(), pixels.width, pixels.height);
        MASKWRIGHT_TRY(checkInputMemory(bytes, pixels.width, pixels.height));
    }
    const Stopwatch watch;
    Condition condition;
    condition.values = asVector(model_.imageCondition(asTensor(pixels), std::move(stop), hidden));
    MASKWRIGHT_TRY(checkFinite(info_, condition.values));
    condition.milliseconds = watch.milliseconds();
    return condition;
}

// Whether the encoder can hide tokens the way the style asks.
Result<void> Conditions::checkHiding(const visual_prompt::Style& style) const {
    if (style.tokenMasking == TokenMasking::none) {
        return {};
    }
    if (!info_.capabilities.hidesTokens()) {
        return Error{ErrorKind::usage,
                     message("the model %1 has no tokens to hide: its encoder is not a transformer", info_.name),
                     "choose a style that changes pixels, such as crop_blur_highlight352, or a CLIPSeg model"};
    }
    if (style.crop) {
        return Error{ErrorKind::usage, "hiding tokens inside the encoder needs the whole picture, not a crop",
                     "give the style crop=off as well"};
    }
    const std::int64_t blocks = info_.capabilities.hidingBlocks;
    if (style.masksFromLayer() && style.maskFromLayer >= blocks) {
        // Without this the style would do nothing and say nothing.
        return Error{
            ErrorKind::usage,
            message("the model %1 has %2 blocks, none of them is block %3", info_.name, blocks, style.maskFromLayer),
            message("give tokens= a block from 0 to %1", blocks - 1)};
    }
    return {};
}

Result<Condition> Conditions::ofRegion(const SupportRegion& support, const std::stop_token& stop) {
    if (!support.image || !support.region) {
        return Error{ErrorKind::usage, "a support region has no picture or no mask", ""};
    }
    MASKWRIGHT_TRY(checkHiding(support.style));
    if (const Condition* known = regions_.find([&](const RegionKey& key) {
            return key.style == support.style && sameOwner(key.image, support.image) &&
                   sameOwner(key.region, support.region);
        })) {
        return kept(*known);
    }
    auto condition = clipseg::marksByNames(model_.config()) ? byNames(support, stop) : byStyle(support, stop);
    if (condition) {
        regions_.put({support.image, support.region, support.style}, *condition);
    }
    return condition;
}

Result<Condition> Conditions::byStyle(const SupportRegion& support, const std::stop_token& stop) {
    const auto engineered = visual_prompt::engineer(*support.image, *support.region, support.style);
    if (!engineered) {
        return engineered.error();
    }
    const vision::TokenMask hidden = hiddenTokens(support, engineered->width, info_.capabilities.cell);
    ContentKey key("styled region");
    key.add(*engineered);
    key.add(static_cast<std::int64_t>(hidden.queries));
    key.add(hidden.fromBlock);
    if (hidden.inside.defined()) {
        key.add(asVector(hidden.inside));
    }
    return keptOr(key.finish(), [&] {
        return ofPixels(normalize(*engineered, preprocessing_.mean, preprocessing_.deviation), stop, hidden);
    });
}

Result<Condition> Conditions::byNames(const SupportRegion& support, const std::stop_token& stop) {
    const Image& image = *support.image;
    const Mask& region = *support.region;
    if (image.empty() || region.width != image.width || region.height != image.height) {
        return Error{ErrorKind::input, "the support region is not of its picture's size", ""};
    }
    const Box box = boundingBox(region);
    if (box.empty()) {
        return Error{ErrorKind::input, "the region is empty", "mark at least one pixel of the object"};
    }
    const clipseg::Config& config = model_.config();
    const Box around = surroundings(box, image.width, image.height);
    const Sides sides =
        inputSides(around.width, around.height, config.inputSize, config.keepAspect, info_.capabilities.cell);
    const Image seen = resizeBilinearAntialiased(cut(image, around), int(sides.width), int(sides.height));
    const at::Tensor marked = cut(region, around);
    ContentKey key("named region");
    key.add(seen);
    key.add(around.width);
    key.add(asVector(marked));
    return keptOr(key.finish(), [&]() -> Result<Condition> {
        if (model_.device().is_cpu()) {
            MASKWRIGHT_TRY(
                checkInputMemory(clipseg::bytesAlive(config, sides.width, sides.height), sides.width, sides.height));
        }
        const Stopwatch watch;
        const Planar pixels = normalize(seen, preprocessing_.mean, preprocessing_.deviation);
        Condition condition;
        condition.values = asVector(model_.markedCondition(asTensor(pixels), marked, stop));
        MASKWRIGHT_TRY(checkFinite(info_, condition.values));
        condition.milliseconds = watch.milliseconds();
        return condition;
    });
}

// The mean of the regions' embeddings by their weights.
Result<Condition> Conditions::ofRegions(std::span<const SupportRegion> supports, const std::stop_token& stop) {
    double total = 0;
    for (const SupportRegion& support : supports) {
        if (!std::isfinite(support.weight) || support.weight < 0) {
            return Error{ErrorKind::usage, "a support region's weight is negative or not a number",
                         "weights are 0 or more"};
        }
        total += support.weight;
    }
    if (!(total > 0)) {
        return Error{ErrorKind::usage, "every support region has the weight 0", "give at least one a weight above 0"};
    }
    Condition mean = zero(model_.config().clip.projection);
    for (const SupportRegion& support : supports) {
        if (support.weight == 0) {
            continue;
        }
        const auto one = ofRegion(support, stop);
        if (!one) {
            return one.error();
        }
        add(mean, support.weight / total, *one);
    }
    return mean;
}

Result<Condition> Conditions::ofPrompt(const Prompt& prompt, const std::stop_token& stop) {
    if (prompt.phrase.empty() && prompt.regions.empty()) {
        return Error{ErrorKind::usage, "the prompt has neither a phrase nor a support region", "give one of them"};
    }
    if (!(prompt.mix >= 0 && prompt.mix <= 1)) {
        return Error{ErrorKind::usage, "the mixture is outside 0 to 1", "0 is the phrase alone, 1 the support alone"};
    }
    double a = prompt.phrase.empty() ? 1 : prompt.regions.empty() ? 0 : prompt.mix;
    Condition mixed = zero(model_.config().clip.projection);
    // Both are computed whatever the mixture, so a slider's way from end to end finds both kept.
    if (!prompt.phrase.empty()) {
        const auto text = ofPhrase(prompt.phrase);
        if (!text) {
            return text.error();
        }
        mixed.words = text->words;
        if (prompt.regions.empty()) {
            mixed.each = text->each;
        }
        if (a < 1) {
            mixed.place = text->place;
        } else {
            mixed.words.place = {};  // an example alone says nothing of place
        }
        if (!text->words.known && a > 0) {
            a = 1;  // what the words mean is anybody's guess
            mixed.words.known = true;
        }
        add(mixed, 1 - a, *text);
    }
    if (!prompt.regions.empty()) {
        const auto image = ofRegions(prompt.regions, stop);
        if (!image) {
            return image.error();
        }
        add(mixed, a, *image);
    }
    return mixed;
}

}  // namespace maskwright::session
