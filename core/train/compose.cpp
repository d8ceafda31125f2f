#include "core/train/compose.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/on_threads.h"
#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/image/runs.h"

namespace maskwright::train {
namespace {

struct Colour {
    float gain[3], offset[3];
    float grey;  // share of the grey value

    static Colour draw(Random& random) {
        Colour c{};
        const double bright = random.uniform(0.75, 1.3), contrast = random.uniform(0.75, 1.3);
        for (int k = 0; k < 3; ++k) {
            c.gain[k] = static_cast<float>(contrast * bright * random.uniform(0.93, 1.07));
            c.offset[k] = static_cast<float>((1 - contrast) * 0.45 * bright);
        }
        c.grey = random.chance(0.04) ? 1.0f : static_cast<float>(std::max(0.0, random.uniform(-0.3, 0.4)));
        return c;
    }
    void apply(float* rgb) const {
        const float luma = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
        for (int k = 0; k < 3; ++k) {
            const float v = rgb[k] + (luma - rgb[k]) * grey;
            rgb[k] = std::clamp(v * gain[k] + offset[k], 0.0f, 1.0f);
        }
    }
};

void sampleBilinear(const Image& image, double sx, double sy, float* rgb) {
    const double fx = std::clamp(sx - 0.5, 0.0, double(image.width - 1)),
                 fy = std::clamp(sy - 0.5, 0.0, double(image.height - 1));
    const int x0 = static_cast<int>(fx), y0 = static_cast<int>(fy);
    const int x1 = std::min(x0 + 1, image.width - 1), y1 = std::min(y0 + 1, image.height - 1);
    const auto ax = static_cast<float>(fx - x0), ay = static_cast<float>(fy - y0);
    const std::uint8_t *a = image.at(x0, y0), *b = image.at(x1, y0), *c = image.at(x0, y1), *d = image.at(x1, y1);
    for (int k = 0; k < 3; ++k) {
        const float top = a[k] + (b[k] - a[k]) * ax, bottom = c[k] + (d[k] - c[k]) * ax;
        rgb[k] = (top + (bottom - top) * ay) * (1.0f / 255);
    }
}

std::vector<std::uint8_t>& layerOf(const Composed& out, std::vector<Layer>& layers, std::size_t category) {
    for (Layer& layer : layers) {
        if (layer.category == category) {
            return layer.cover;
        }
    }
    layers.push_back({category, std::vector<std::uint8_t>(static_cast<std::size_t>(out.gridWidth * out.gridHeight))});
    return layers.back().cover;
}

}  // namespace

Result<PhotoStore> PhotoStore::load(const data::DataSet& set, std::int64_t shortSide, std::size_t threads) {
    PhotoStore store;
    store.images_.resize(set.photos.size());
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::optional<Error> failure;
    onThreads(std::max<std::size_t>(threads, 1), [&](std::size_t) {
        for (std::size_t i = next++; i < set.photos.size(); i = next++) {
            auto image = data::readPhoto(set, set.photos[i]);
            if (!image) {
                const std::scoped_lock lock(mutex);
                failure = failure ? failure : image.error();
                next = set.photos.size();
                return;
            }
            const int side = std::min(image->width, image->height);
            if (side > shortSide) {
                const double scale = static_cast<double>(shortSide) / side;
                *image =
                    resizeBilinearAntialiased(*image, std::max(1, static_cast<int>(std::lround(image->width * scale))),
                                              std::max(1, static_cast<int>(std::lround(image->height * scale))));
            }
            store.images_[i] = std::move(*image);
        }
    });
    if (failure) {
        return *failure;
    }
    return store;
}

Composer::Composer(const data::DataSet& set, const PhotoStore& photos, const SegmentStage& stage, std::uint64_t seed,
                   const clip::Preprocessing& preprocessing)
    : set_(set),
      photos_(photos),
      stage_(stage),
      seed_(seed),
      preprocessing_(preprocessing),
      objects_(set.categories.size()) {
    // A photograph counts for its rarest closed name (repeat-factor sampling, LVIS 2019), bounded; others by coverage.
    std::vector<double> frequency(set.categories.size(), 0);
    for (const data::Photo& photo : set.photos) {
        std::vector<std::size_t> kinds;
        for (const std::size_t index : photo.annotations) {
            kinds.push_back(set.annotations[index].category);
        }
        std::sort(kinds.begin(), kinds.end());
        kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
        for (const std::size_t kind : kinds) {
            frequency[kind] += 1.0 / static_cast<double>(set.photos.size());
        }
    }
    std::vector<char> closed(set.categories.size(), 0);
    for (const std::size_t category : set.closed) {
        closed[category] = 1;
    }
    std::vector<double> weights;
    double drawn = 0, rest = 0;  // by people, by a detector
    for (const data::Photo& photo : set.photos) {
        double weight = photo.annotations.empty() ? 0.3 : 1.0;
        if (photo.coverage == data::Coverage::listed) {
            weight = 0.35;
        } else if (photo.coverage == data::Coverage::saliency) {
            weight = 0.6;
        }
        for (const std::size_t index : photo.annotations) {
            const data::Annotation& a = set.annotations[index];
            const double pixels = static_cast<double>(photo.width) * photo.height;
            if (closed[a.category] != 0 && static_cast<double>(a.area) > 0.005 * pixels) {
                weight = std::max(weight, std::min(3.0, std::sqrt(0.03 / frequency[a.category])));
            }
        }
        weights.push_back(weight);
        (photo.detected ? rest : drawn) += weight;
    }
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        double factor = 1;
        if (stage.people > 0 && drawn > 0 && rest > 0) {
            factor = set.photos[i].detected ? (1 - stage.people) / rest : stage.people / drawn;
        }
        cumulative_.push_back(sum += weights[i] * factor);
    }
    for (std::size_t i = 0; i < set.annotations.size(); ++i) {
        const data::Annotation& a = set.annotations[i];
        const data::Photo& photo = set.photos[a.photo];
        const double share = static_cast<double>(a.area) / (static_cast<double>(photo.width) * photo.height);
        if (!a.crowd && share > 0.01 && share < 0.6) {
            objects_[a.category].push_back(i);
            // Persons are everywhere anyway: one in eight of them will do.
            if (closed[a.category] != 0 && (frequency[a.category] < 0.2 || i % 8 == 0)) {
                pasteable_.push_back(i);
            }
        }
    }
}

std::size_t Composer::drawPhoto(Random& random) const {
    const double at = random.uniform() * cumulative_.back();
    return std::min<std::size_t>(
        static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), at) - cumulative_.begin()),
        cumulative_.size() - 1);
}

std::size_t Composer::drawPhotoLike(const Shape& shape, Random& random) const {
    constexpr int kTries = 12;
    std::size_t photo = drawPhoto(random);
    const auto across = [&](std::size_t index) {
        const Image& image = photos_.image(index);
        return (shape.width > shape.height && image.width < image.height) ||
               (shape.width < shape.height && image.width > image.height);
    };
    for (int k = 0; stage_.keepAspect && k < kTries && across(photo); ++k) {
        photo = drawPhoto(random);
    }
    return photo;
}

Composer::View Composer::drawView(const Image& image, const Box& place, Random& random) const {
    // A crop of 35 % to 100 % of each side; its shape is stretched a little, as square network inputs stretch every
    // photograph.
    const double zoom = random.chance(0.15) ? 1.0 : random.uniform(0.45, 1.0);
    double cropW = image.width, cropH = image.height;
    if (stage_.keepAspect) {
        // The largest window of the place's shape, give or take an eighth.
        const double shape = double(place.width) / place.height * std::exp(random.uniform(-0.12, 0.12));
        cropW = std::min(cropW, cropH * shape) * zoom;
        cropH = cropW / shape;
    } else {
        const double stretch = std::exp(random.uniform(-0.25, 0.25));
        cropW *= zoom * stretch;
        cropH *= zoom / stretch;
    }
    cropW = std::clamp(cropW, 16.0, double(image.width));
    cropH = std::clamp(cropH, 16.0, double(image.height));
    View view{random.uniform(0, image.width - cropW), random.uniform(0, image.height - cropH), cropW / place.width,
              cropH / place.height};
    if (random.chance(0.5)) {
        view.x += cropW;
        view.stepX = -view.stepX;
    }
    return view;
}

void Composer::place(Composed& out, std::size_t index, const Box& place, Random& random) const {
    const data::Photo& photo = set_.photos[index];
    const Image& image = photos_.image(index);
    View view = drawView(image, place, random);
    Colour colour = Colour::draw(random);
    if (stage_.cacheFeatures) {  // the same picture every time: whole and as it is
        view = {0, 0, static_cast<double>(image.width) / place.width, static_cast<double>(image.height) / place.height};
        colour = Colour{{1, 1, 1}, {0, 0, 0}, 0};
    }
    float rgb[3];
    for (int y = 0; y < place.height; ++y) {
        for (int x = 0; x < place.width; ++x) {
            sampleBilinear(image, view.x + view.stepX * (x + 0.5), view.y + view.stepY * (y + 0.5), rgb);
            colour.apply(rgb);
            store(out, place.x + x, place.y + y, rgb);
        }
    }
    for (const std::size_t annotation : photo.annotations) {
        addCover(out, set_.annotations[annotation], place, view);
    }
    for (const std::size_t box : photo.undrawn) {
        addUndrawn(out, set_.undrawn[box], place, view);
    }
    out.detected = out.detected || photo.detected;
    out.vouched = out.vouched && photo.vouched;
    // With an object that has no mask nothing else is surely absent, and no unmarked cell is surely background.
    if (photo.coverage == data::Coverage::listed || !photo.unmarked.empty()) {
        out.coverage = data::Coverage::listed;
    } else if (photo.coverage == data::Coverage::saliency && out.coverage == data::Coverage::closed) {
        out.coverage = data::Coverage::saliency;
    }
}

// The annotation's share of every cell of `place`, looked up at four points of the cell.
void Composer::addCover(Composed& out, const data::Annotation& annotation, const Box& place, const View& view) const {
    const data::Photo& photo = set_.photos[annotation.photo];
    const Image& image = photos_.image(annotation.photo);
    const double maskX = static_cast<double>(photo.width) / image.width,
                 maskY = static_cast<double>(photo.height) / image.height;
    const Mask mask = toMask(annotation.runs);
    std::vector<std::uint8_t>& cover = layerOf(out, out.layers, annotation.category);
    for (int gy = place.y / 4; gy < (place.y + place.height) / 4; ++gy) {
        for (int gx = place.x / 4; gx < (place.x + place.width) / 4; ++gx) {
            int inside = 0;
            for (int k = 0; k < 4; ++k) {
                const double px = gx * 4 - place.x + 1 + 2 * (k % 2), py = gy * 4 - place.y + 1 + 2 * (k / 2);
                const int sx = static_cast<int>((view.x + view.stepX * px) * maskX),
                          sy = static_cast<int>((view.y + view.stepY * py) * maskY);
                inside += mask.at(std::clamp(sx, 0, photo.width - 1), std::clamp(sy, 0, photo.height - 1)) != 0 ? 1 : 0;
            }
            std::uint8_t& cell = cover[static_cast<std::size_t>(gy * static_cast<int>(out.gridWidth) + gx)];
            cell = std::max(cell, static_cast<std::uint8_t>(inside * 255 / 4));
        }
    }
}

// All cells of `place` that the box touches.
void Composer::addUndrawn(Composed& out, const data::Undrawn& box, const Box& place, const View& view) const {
    const data::Photo& photo = set_.photos[box.photo];
    const Image& image = photos_.image(box.photo);
    const double imageX = static_cast<double>(image.width) / photo.width,
                 imageY = static_cast<double>(image.height) / photo.height;
    const auto cells = [](double a, double b, int from, int count) {
        const auto [low, high] = std::minmax(a, b);
        const double end = static_cast<double>(count);
        return std::pair(from + static_cast<int>(std::floor(std::clamp(low / 4, 0.0, end))),
                         from + static_cast<int>(std::ceil(std::clamp(high / 4, 0.0, end))));
    };
    const auto [left, right] = cells((box.left * imageX - view.x) / view.stepX,
                                     (box.right * imageX - view.x) / view.stepX, place.x / 4, place.width / 4);
    const auto [top, bottom] = cells((box.top * imageY - view.y) / view.stepY,
                                     (box.bottom * imageY - view.y) / view.stepY, place.y / 4, place.height / 4);
    if (left >= right || top >= bottom) {
        return;
    }
    std::vector<std::uint8_t>& cover = layerOf(out, out.undrawn, box.category);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            cover[static_cast<std::size_t>(y * static_cast<int>(out.gridWidth) + x)] = 255;
        }
    }
}

void Composer::store(Composed& out, std::int64_t x, std::int64_t y, const float* rgb) const {
    const std::size_t plane = out.pixels.size() / 3, at = static_cast<std::size_t>(y * 4 * out.gridWidth + x);
    for (std::size_t k = 0; k < 3; ++k) {
        out.pixels[k * plane + at] = (rgb[k] - preprocessing_.mean[k]) / preprocessing_.deviation[k];
    }
}

void Composer::paste(Composed& out, Random& random) const {
    if (pasteable_.empty()) {
        return;
    }
    const data::Annotation& object = set_.annotations[random.pick(pasteable_)];
    const data::Photo& photo = set_.photos[object.photo];
    const Image& image = photos_.image(object.photo);
    const Mask mask = toMask(object.runs);
    const Box box = boundingBox(mask);
    if (box.empty()) {
        return;
    }
    const auto outWidth = static_cast<int>(4 * out.gridWidth), outHeight = static_cast<int>(4 * out.gridHeight);
    const double scale =
        random.uniform(0.5, 1.2) * std::min({1.0, 0.7 * outWidth / box.width, 0.7 * outHeight / box.height});
    const int width = std::max(4, static_cast<int>(box.width * scale)),
              height = std::max(4, static_cast<int>(box.height * scale));
    const int x0 = static_cast<int>(random.uniform(-0.15 * width, outWidth - 0.85 * width));
    const int y0 = static_cast<int>(random.uniform(-0.15 * height, outHeight - 0.85 * height));
    const bool flip = random.chance(0.5);
    const Colour colour = Colour::draw(random);
    const double imageX = static_cast<double>(image.width) / photo.width,
                 imageY = static_cast<double>(image.height) / photo.height;
    std::vector<std::uint16_t> covered(static_cast<std::size_t>(out.gridWidth * out.gridHeight), 0);
    for (int y = std::max(y0, 0); y < std::min(y0 + height, outHeight); ++y) {
        for (int x = std::max(x0, 0); x < std::min(x0 + width, outWidth); ++x) {
            const double u = (x - x0 + 0.5) / width, v = (y - y0 + 0.5) / height;
            const double sx = box.x + (flip ? 1 - u : u) * box.width, sy = box.y + v * box.height;
            if (mask.at(std::clamp(static_cast<int>(sx), 0, photo.width - 1),
                        std::clamp(static_cast<int>(sy), 0, photo.height - 1)) == 0) {
                continue;
            }
            float rgb[3];
            sampleBilinear(image, sx * imageX, sy * imageY, rgb);
            colour.apply(rgb);
            store(out, x, y, rgb);
            ++covered[static_cast<std::size_t>((y / 4) * out.gridWidth + x / 4)];
        }
    }
    std::vector<std::uint8_t>& own = layerOf(out, out.layers, object.category);
    for (Layer& layer : out.layers) {
        if (&layer.cover == &own) {
            continue;
        }
        for (std::size_t i = 0; i < covered.size(); ++i) {
            layer.cover[i] = static_cast<std::uint8_t>(layer.cover[i] * (16 - covered[i]) / 16);
        }
    }
    for (std::size_t i = 0; i < covered.size(); ++i) {
        own[i] = static_cast<std::uint8_t>(std::min(255, own[i] * (16 - covered[i]) / 16 + covered[i] * 255 / 16));
    }
}

Composed Composer::compose(std::int64_t step, std::int64_t item, const Shape& shape) const {
    Random random(seed_, 3, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(item));
    Composed out;
    out.gridWidth = shape.width / 4;
    out.gridHeight = shape.height / 4;
    out.pixels.resize(static_cast<std::size_t>(3 * shape.width * shape.height));
    const int width = static_cast<int>(shape.width), height = static_cast<int>(shape.height);
    const std::size_t first = drawPhotoLike(shape, random);
    out.photo = first;
    const bool mosaic =
        !stage_.cacheFeatures && set_.photos[first].coverage != data::Coverage::listed && random.chance(stage_.mosaic);
    if (!mosaic) {
        place(out, first, {0, 0, width, height}, random);
    } else {
        const auto other = [&] {
            std::size_t photo = drawPhoto(random);
            for (int k = 0; k < 8 && set_.photos[photo].coverage == data::Coverage::listed; ++k) {
                photo = drawPhoto(random);
            }
            return photo;
        };
        const double where = random.uniform(0.35, 0.65);
        const int kind = static_cast<int>(random.below(3));
        const int cut = static_cast<int>(where * (kind == 0 ? width : height)) / 16 * 16;
        if (kind == 0) {
            place(out, first, {0, 0, cut, height}, random);
            place(out, other(), {cut, 0, width - cut, height}, random);
        } else if (kind == 1) {
            place(out, first, {0, 0, width, cut}, random);
            place(out, other(), {0, cut, width, height - cut}, random);
        } else {
            const int across = static_cast<int>(random.uniform(0.35, 0.65) * width) / 16 * 16;
            place(out, first, {0, 0, across, cut}, random);
            place(out, other(), {across, 0, width - across, cut}, random);
            place(out, other(), {0, cut, across, height - cut}, random);
            place(out, other(), {across, cut, width - across, height - cut}, random);
        }
    }
    if (!stage_.cacheFeatures && random.chance(stage_.paste)) {
        paste(out, random);
    }
    return out;
}

Composer::Shown Composer::support(std::size_t category, std::int64_t side, bool darkens, Random& random) const {
    if (objects_[category].empty()) {
        return {};
    }
    const data::Annotation& object = set_.annotations[random.pick(objects_[category])];
    const data::Photo& photo = set_.photos[object.photo];
    const Image& image = photos_.image(object.photo);
    const Mask mask = toMask(object.runs);
    const Box box = boundingBox(mask);
    const double context = random.uniform(0.05, 0.3), background = random.chance(0.3) ? 1.0 : random.uniform(0.0, 0.3);
    const double extent = std::max(box.width, box.height) * (1 + 2 * context);
    const double centreX = (2 * box.x + box.width) / 2.0, centreY = (2 * box.y + box.height) / 2.0;
    const double imageX = static_cast<double>(image.width) / photo.width,
                 imageY = static_cast<double>(image.height) / photo.height;
    const bool flip = random.chance(0.5);
    Shown shown;
    shown.pixels.resize(static_cast<std::size_t>(3 * side * side), 0.0f);  // 0: the mean grey, as the reference pads
    shown.region.resize(static_cast<std::size_t>(side * side), 0);
    float rgb[3];
    for (std::int64_t y = 0; y < side; ++y) {
        for (std::int64_t x = 0; x < side; ++x) {
            const double u = (static_cast<double>(x) + 0.5) / static_cast<double>(side) - 0.5,
                         v = (static_cast<double>(y) + 0.5) / static_cast<double>(side) - 0.5;
            const double sx = centreX + (flip ? -u : u) * extent, sy = centreY + v * extent;
            if (sx < 0 || sy < 0 || sx >= photo.width || sy >= photo.height) {
                continue;
            }
            sampleBilinear(image, sx * imageX, sy * imageY, rgb);
            const bool inside = mask.at(static_cast<int>(sx), static_cast<int>(sy)) != 0;
            const float factor = inside || !darkens ? 1.0f : static_cast<float>(background);
            shown.region[static_cast<std::size_t>(y * side + x)] = inside ? 1 : 0;
            for (std::size_t k = 0; k < 3; ++k) {
                shown.pixels[k * static_cast<std::size_t>(side * side) + static_cast<std::size_t>(y * side + x)] =
                    (rgb[k] - preprocessing_.mean[k]) / preprocessing_.deviation[k] * factor;
            }
        }
    }
    return shown;
}

}  // namespace maskwright::train
