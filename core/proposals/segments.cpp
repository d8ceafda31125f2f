#include "core/proposals/segments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <set>

namespace maskwright::proposals {
namespace {

struct Edge {
    float weight;
    std::int32_t a, b;
};

class Forest {
  public:
    explicit Forest(std::size_t count) : parent_(count), size_(count, 1), inner_(count, 0) {
        std::iota(parent_.begin(), parent_.end(), 0);
    }
    std::int32_t find(std::int32_t x) {
        while (parent_[std::size_t(x)] != x) {
            parent_[std::size_t(x)] = parent_[std::size_t(parent_[std::size_t(x)])];
            x = parent_[std::size_t(x)];
        }
        return x;
    }
    void join(std::int32_t a, std::int32_t b, float weight) {
        if (size_[std::size_t(a)] < size_[std::size_t(b)]) {
            std::swap(a, b);
        }
        parent_[std::size_t(b)] = a;
        size_[std::size_t(a)] += size_[std::size_t(b)];
        inner_[std::size_t(a)] = weight;
    }
    [[nodiscard]] int size(std::int32_t root) const { return size_[std::size_t(root)]; }
    // The heaviest edge that holds it together.
    [[nodiscard]] float inner(std::int32_t root) const { return inner_[std::size_t(root)]; }

  private:
    std::vector<std::int32_t> parent_;
    std::vector<int> size_;
    std::vector<float> inner_;
};

std::vector<Edge> edgesOf(const Lab& picture) {
    constexpr std::array<std::array<int, 2>, 4> kNeighbours = {{{1, 0}, {0, 1}, {1, 1}, {-1, 1}}};
    std::vector<Edge> edges;
    edges.reserve(std::size_t(picture.width) * std::size_t(picture.height) * 4);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            for (const auto& [dx, dy] : kNeighbours) {
                const int nx = x + dx, ny = y + dy;
                if (nx < 0 || nx >= picture.width || ny >= picture.height) {
                    continue;
                }
                const float *p = picture.at(x, y), *q = picture.at(nx, ny);
                const float weight = std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) +
                                               (p[2] - q[2]) * (p[2] - q[2]));
                edges.push_back({weight, y * picture.width + x, ny * picture.width + nx});
            }
        }
    }
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return std::tie(a.weight, a.a, a.b) < std::tie(b.weight, b.a, b.b); });
    return edges;
}

constexpr int kColourBins = 25, kDirections = 8, kTextureBins = 10;
constexpr int kColour = 3 * kColourBins, kTexture = 3 * kDirections * kTextureBins;
constexpr float kSteepest = 64;  // a gradient of Lab, past which the last bin counts it

struct Piece {
    std::array<float, kColour> colour{};    // sum 1
    std::array<float, kTexture> texture{};  // sum 1
    float size = 0;
    Box box;
    std::set<std::int32_t> neighbours;
};

void addTo(Box& box, const Box& other) {
    if (box.empty()) {
        box = other;
        return;
    }
    const int right = std::max(box.x + box.width, other.x + other.width);
    const int bottom = std::max(box.y + box.height, other.y + other.height);
    box.x = std::min(box.x, other.x);
    box.y = std::min(box.y, other.y);
    box.width = right - box.x;
    box.height = bottom - box.y;
}

template <std::size_t N>
float common(const std::array<float, N>& a, const std::array<float, N>& b) {
    float sum = 0;
    for (std::size_t i = 0; i < N; ++i) {
        sum += std::min(a[i], b[i]);
    }
    return sum;
}

template <std::size_t N>
void normalise(std::array<float, N>& histogram) {
    const float sum = std::accumulate(histogram.begin(), histogram.end(), 0.0f);
    for (float& value : histogram) {
        value /= std::max(sum, 1e-6f);
    }
}

void addPixel(Piece& piece, const Lab& picture, int x, int y) {
    const float* p = picture.at(x, y);
    const float *left = picture.at(std::max(x - 1, 0), y), *right = picture.at(std::min(x + 1, picture.width - 1), y);
    const float *up = picture.at(x, std::max(y - 1, 0)), *down = picture.at(x, std::min(y + 1, picture.height - 1));
    for (int c = 0; c < 3; ++c) {
        const int bin = std::clamp(int(p[c] * kColourBins / 256), 0, kColourBins - 1);
        piece.colour[std::size_t(c * kColourBins + bin)] += 1;
        const float dx = right[c] - left[c], dy = down[c] - up[c];
        const float steep = std::min(std::hypot(dx, dy), kSteepest);
        const auto turn = (std::atan2(dy, dx) / (2 * float(M_PI)) + 1.0f) * kDirections;
        const int direction = int(turn) % kDirections;
        const int height = std::min(int(steep * kTextureBins / kSteepest), kTextureBins - 1);
        piece.texture[std::size_t((c * kDirections + direction) * kTextureBins + height)] += 1;
    }
    piece.size += 1;
    addTo(piece.box, {x, y, 1, 1});
}

std::vector<Piece> piecesOf(const Lab& picture, const Segments& segments) {
    std::vector<Piece> pieces(std::size_t(segments.count));
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const std::int32_t here = segments.labels.at(x, y);
            addPixel(pieces[std::size_t(here)], picture, x, y);
            const auto meet = [&](std::int32_t there) {
                if (there != here) {
                    pieces[std::size_t(here)].neighbours.insert(there);
                    pieces[std::size_t(there)].neighbours.insert(here);
                }
            };
            meet(segments.labels.at(std::max(x - 1, 0), y));
            meet(segments.labels.at(x, std::max(y - 1, 0)));
        }
    }
    for (Piece& piece : pieces) {
        normalise(piece.colour);
        normalise(piece.texture);
    }
    return pieces;
}

float likeness(const Piece& a, const Piece& b, float whole) {
    Box both = a.box;
    addTo(both, b.box);
    const float around = float(both.width) * float(both.height);
    return common(a.colour, b.colour) + common(a.texture, b.texture) + (1 - (a.size + b.size) / whole) +
           (1 - (around - a.size - b.size) / whole);
}

Piece join(const Piece& a, const Piece& b) {
    Piece made = a;
    made.size = a.size + b.size;
    addTo(made.box, b.box);
    const float ofA = a.size / made.size, ofB = b.size / made.size;
    for (std::size_t i = 0; i < kColour; ++i) {
        made.colour[i] = ofA * a.colour[i] + ofB * b.colour[i];
    }
    for (std::size_t i = 0; i < kTexture; ++i) {
        made.texture[i] = ofA * a.texture[i] + ofB * b.texture[i];
    }
    made.neighbours.insert(b.neighbours.begin(), b.neighbours.end());
    return made;
}

}  // namespace

Lab labOf(const Image& picture, double sigma) {
    const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.pixels.data()));
    cv::Mat smooth, lab;
    rgb.convertTo(smooth, CV_32FC3, 1.0 / 255);
    cv::GaussianBlur(smooth, smooth, {}, sigma);
    cv::cvtColor(smooth, lab, cv::COLOR_RGB2Lab);
    Lab made{picture.width, picture.height, std::vector<float>(picture.pixels.size())};
    for (int y = 0; y < picture.height; ++y) {
        const auto* row = lab.ptr<cv::Vec3f>(y);
        for (int x = 0; x < picture.width; ++x) {
            float* to = &made.values[(std::size_t(y) * std::size_t(picture.width) + std::size_t(x)) * 3];
            to[0] = row[x][0] * 2.55f;  // 0..100
            to[1] = row[x][1] + 128;    // -127..127
            to[2] = row[x][2] + 128;
        }
    }
    return made;
}

Segments segmentsOf(const Lab& picture, double k, int smallest) {
    const std::vector<Edge> edges = edgesOf(picture);
    Forest forest(std::size_t(picture.width) * std::size_t(picture.height));
    const auto held = [&](std::int32_t root) { return forest.inner(root) + float(k) / float(forest.size(root)); };
    for (const Edge& edge : edges) {
        const std::int32_t a = forest.find(edge.a), b = forest.find(edge.b);
        if (a != b && edge.weight <= std::min(held(a), held(b))) {
            forest.join(a, b, edge.weight);
        }
    }
    for (const Edge& edge : edges) {
        const std::int32_t a = forest.find(edge.a), b = forest.find(edge.b);
        if (a != b && std::min(forest.size(a), forest.size(b)) < smallest) {
            forest.join(a, b, edge.weight);
        }
    }
    Segments made{Plane<std::int32_t>(picture.width, picture.height), 0};
    std::vector<std::int32_t> number(made.labels.pixels.size(), -1);
    for (std::size_t i = 0; i < number.size(); ++i) {
        std::int32_t& own = number[std::size_t(forest.find(std::int32_t(i)))];
        own = own < 0 ? made.count++ : own;
        made.labels.pixels[i] = own;
    }
    return made;
}

std::vector<Join> joined(const Lab& picture, const Segments& segments, const std::stop_token& stop) {
    std::vector<Piece> pieces = piecesOf(picture, segments);
    const auto whole = float(picture.width) * float(picture.height);
    using Pair = std::tuple<float, std::int32_t, std::int32_t>;  // likeness, the two
    std::set<Pair> pairs;
    std::map<std::pair<std::int32_t, std::int32_t>, float> known;
    const auto meet = [&](std::int32_t a, std::int32_t b) {
        const float like = likeness(pieces[std::size_t(a)], pieces[std::size_t(b)], whole);
        known[std::minmax(a, b)] = like;
        pairs.emplace(like, std::min(a, b), std::max(a, b));
    };
    for (std::int32_t a = 0; a < segments.count; ++a) {
        for (const std::int32_t b : pieces[std::size_t(a)].neighbours) {
            if (a < b) {
                meet(a, b);
            }
        }
    }
    std::vector<Join> joins;
    while (!pairs.empty() && !stop.stop_requested()) {
        const auto [like, a, b] = *pairs.rbegin();
        const auto made = std::int32_t(pieces.size());
        pieces.push_back(join(pieces[std::size_t(a)], pieces[std::size_t(b)]));
        joins.push_back({a, b});
        std::set<std::int32_t> around = pieces.back().neighbours;
        around.erase(a);
        around.erase(b);
        pieces.back().neighbours = around;
        for (const std::int32_t gone : {a, b}) {
            for (const std::int32_t other : pieces[std::size_t(gone)].neighbours) {
                const auto key = std::minmax(gone, other);
                if (const auto found = known.find(key); found != known.end()) {
                    pairs.erase({found->second, key.first, key.second});
                    known.erase(found);
                }
                pieces[std::size_t(other)].neighbours.erase(gone);
            }
            pieces[std::size_t(gone)].neighbours.clear();
        }
        for (const std::int32_t other : around) {
            pieces[std::size_t(other)].neighbours.insert(made);
            meet(made, other);
        }
    }
    return joins;
}

}  // namespace maskwright::proposals
