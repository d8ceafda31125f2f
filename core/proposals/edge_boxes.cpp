#include "core/proposals/edge_boxes.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace maskwright::proposals {
namespace {

// The paper's, section 3.1 and 3.2.
constexpr double kWeakestEdge = 0.1, kMostBend = M_PI / 2, kWeakestAffinity = 0.05, kKappa = 1.5;
constexpr double kSteepestShare = 0.95;

struct Gradient {
    float size, angle;
};

// Of the channel that changes most.
Gradient gradientAt(const Lab& picture, int x, int y) {
    const float *left = picture.at(std::max(x - 1, 0), y), *right = picture.at(std::min(x + 1, picture.width - 1), y);
    const float *up = picture.at(x, std::max(y - 1, 0)), *down = picture.at(x, std::min(y + 1, picture.height - 1));
    Gradient most{0, 0};
    for (int c = 0; c < 3; ++c) {
        const float dx = right[c] - left[c], dy = down[c] - up[c], size = std::hypot(dx, dy);
        if (size > most.size) {
            most = {size, std::atan2(dy, dx)};
        }
    }
    return most;
}

float quantile(std::vector<float> values, double share) {
    const auto at = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// Steepest across the edge, others 0.
Heatmap thinned(const Heatmap& steepness, const Heatmap& angles) {
    Heatmap thin(steepness.width, steepness.height);
    for (int y = 1; y + 1 < steepness.height; ++y) {
        for (int x = 1; x + 1 < steepness.width; ++x) {
            const int dx = int(std::lround(std::cos(angles.at(x, y)))),
                      dy = int(std::lround(std::sin(angles.at(x, y))));
            const float here = steepness.at(x, y);
            if (here >= steepness.at(x + dx, y + dy) && here > steepness.at(x - dx, y - dy)) {
                thin.at(x, y) = here;
            }
        }
    }
    return thin;
}

// Between two normals, whichever way they point.
double turn(double a, double b) {
    const double d = std::fmod(std::abs(a - b), M_PI);
    return std::min(d, M_PI - d);
}

}  // namespace

EdgeBoxes::EdgeBoxes(const Lab& picture) : width_(picture.width), height_(picture.height) {
    Heatmap angles(width_, height_);
    steepness_ = Heatmap(width_, height_);
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            const Gradient gradient = gradientAt(picture, x, y);
            steepness_.at(x, y) = gradient.size;
            angles.at(x, y) = gradient.angle;
        }
    }
    const float steepest = std::max(quantile(steepness_.pixels, kSteepestShare), 1.0f);
    for (float& value : steepness_.pixels) {
        value = std::min(value / steepest, 1.0f);
    }
    const Heatmap thin = thinned(steepness_, angles);
    sums_.assign(std::size_t(width_ + 1) * std::size_t(height_ + 1), 0);
    const auto sum = [&](int x, int y) -> double& {
        return sums_[std::size_t(y) * std::size_t(width_ + 1) + std::size_t(x)];
    };
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            const double here = thin.at(x, y) > kWeakestEdge ? double(thin.at(x, y)) : 0.0;
            sum(x + 1, y + 1) = here + sum(x, y + 1) + sum(x + 1, y) - sum(x, y);
        }
    }
    makeGroups(thin, angles);
}

void EdgeBoxes::makeGroups(const Heatmap& thin, const Heatmap& angles) {
    Plane<std::int32_t> groupOf(width_, height_, -1);
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            if (thin.at(x, y) <= kWeakestEdge || groupOf.at(x, y) >= 0) {
                continue;
            }
            Group group;
            group.left = group.right = x;
            group.top = group.bottom = y;
            double bend = 0, cosine = 0, sine = 0;
            int px = x, py = y;
            while (true) {
                groupOf.at(px, py) = std::int32_t(groups_.size());
                const double weight = thin.at(px, py);
                group.sum += weight;
                group.x += weight * px;
                group.y += weight * py;
                cosine += weight * std::cos(2 * angles.at(px, py));
                sine += weight * std::sin(2 * angles.at(px, py));
                group.left = std::min(group.left, px);
                group.right = std::max(group.right, px);
                group.top = std::min(group.top, py);
                group.bottom = std::max(group.bottom, py);
                int nx = -1, ny = -1;
                double least = 0;
                for (int dy = -1; dy <= 1; ++dy) {
                    for (int dx = -1; dx <= 1; ++dx) {
                        const int qx = px + dx, qy = py + dy;
                        if (qx < 0 || qy < 0 || qx >= width_ || qy >= height_ || groupOf.at(qx, qy) >= 0 ||
                            thin.at(qx, qy) <= kWeakestEdge) {
                            continue;
                        }
                        const double by = turn(angles.at(px, py), angles.at(qx, qy));
                        if (nx < 0 || by < least) {
                            nx = qx;
                            ny = qy;
                            least = by;
                        }
                    }
                }
                bend += least;
                if (nx < 0 || bend > kMostBend) {
                    break;
                }
                px = nx;
                py = ny;
            }
            group.x /= group.sum;
            group.y /= group.sum;
            group.angle = std::atan2(sine, cosine) / 2;
            groups_.push_back(group);
        }
    }
    makeAffinities(groupOf);
}

// Equation 1, gamma 2: groups that continue each other. The paper lets gaps of two pixels pass.
void EdgeBoxes::makeAffinities(const Plane<std::int32_t>& groupOf) {
    constexpr int kGap = 2;
    std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            const std::int32_t here = groupOf.at(x, y);
            for (int dy = 0; here >= 0 && dy <= kGap && y + dy < height_; ++dy) {
                for (int dx = -kGap; dx <= kGap; ++dx) {
                    if (x + dx < 0 || x + dx >= width_) {
                        continue;
                    }
                    const std::int32_t there = groupOf.at(x + dx, y + dy);
                    if (there >= 0 && there != here) {
                        pairs.emplace_back(std::min(here, there), std::max(here, there));
                    }
                }
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (const auto& [a, b] : pairs) {
        Group &one = groups_[std::size_t(a)], &two = groups_[std::size_t(b)];
        // Angles of the edges themselves, which their normals are square to.
        const double between = std::atan2(two.y - one.y, two.x - one.x) + M_PI / 2;
        const double affinity = std::pow(std::cos(one.angle - between) * std::cos(two.angle - between), 2);
        if (affinity > kWeakestAffinity) {
            one.near.emplace_back(b, affinity);
            two.near.emplace_back(a, affinity);
        }
    }
}

double EdgeBoxes::sumWithin(const Box& box) const {
    const auto sum = [&](int x, int y) { return sums_[std::size_t(y) * std::size_t(width_ + 1) + std::size_t(x)]; };
    return sum(box.x + box.width, box.y + box.height) - sum(box.x, box.y + box.height) - sum(box.x + box.width, box.y) +
           sum(box.x, box.y);
}

double EdgeBoxes::score(const Box& box) const {
    const int right = box.x + box.width - 1, bottom = box.y + box.height - 1;
    // How much of a group belongs to something that leaves the box: 1 for one that crosses its edge.
    std::vector<double> outside(groups_.size(), 0);
    std::vector<std::int32_t> within;
    std::priority_queue<std::pair<double, std::int32_t>> next;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const Group& group = groups_[i];
        if (group.left > box.x && group.right < right && group.top > box.y && group.bottom < bottom) {
            within.push_back(std::int32_t(i));
        } else if (group.left <= right && group.right >= box.x && group.top <= bottom && group.bottom >= box.y) {
            outside[i] = 1;
            next.emplace(1, std::int32_t(i));
        } else {
            outside[i] = 2;  // elsewhere: nothing comes from there
        }
    }
    while (!next.empty()) {
        const auto [share, from] = next.top();
        next.pop();
        if (share < outside[std::size_t(from)]) {
            continue;
        }
        for (const auto& [to, affinity] : groups_[std::size_t(from)].near) {
            const double along = share * affinity;
            if (along > kWeakestAffinity && along > outside[std::size_t(to)]) {
                outside[std::size_t(to)] = along;
                next.emplace(along, to);
            }
        }
    }
    double sum = 0;
    for (const std::int32_t i : within) {
        sum += (1 - outside[std::size_t(i)]) * groups_[std::size_t(i)].sum;
    }
    const Box middle{box.x + box.width / 4, box.y + box.height / 4, box.width / 2, box.height / 2};
    const double size = 2 * std::pow(double(box.width + box.height), kKappa);
    return std::max(0.0, (sum - sumWithin(middle)) / size);
}

}  // namespace maskwright::proposals
