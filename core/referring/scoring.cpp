#include "core/referring/scoring.h"

#include <algorithm>
#include <cmath>

namespace maskwright::referring {

namespace {

constexpr double kLeast = 1e-12;  // of what is divided by

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

// share * a + (1 - share) * b
std::vector<double> mixed(double share, std::span<const float> a, std::span<const float> b) {
    std::vector<double> sum(a.size());
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] = share * double(a[i]) + (1 - share) * double(b[i]);
    }
    return sum;
}

double likeness(std::span<const double> a, std::span<const double> b, bool unit) {
    const double product = dot(a, b);
    return unit ? product / std::max(std::sqrt(dot(a, a) * dot(b, b)), kLeast) : product;
}

std::vector<float> cosines(const Features& regions, const Features& text, double scale) {
    const std::vector<double> asked = mixed(1, text.row(0), text.row(0));
    std::vector<float> found;
    for (std::int64_t i = 0; i < regions.rows; ++i) {
        const std::vector<double> one = mixed(1, regions.row(i), regions.row(i));
        found.push_back(static_cast<float>(scale * likeness(one, asked, true)));
    }
    return found;
}

}  // namespace

std::vector<float> scores(const Compared& compared, const Mixture& mixture) {
    const bool unit = compared.normalisation == Normalisation::mixtures;
    const std::vector<double> text = mixed(mixture.r, compared.sentence.row(0), compared.nounPhrase.row(0));
    std::vector<float> found;
    for (std::int64_t i = 0; i < compared.global.rows; ++i) {
        const std::vector<double> region = mixed(mixture.v, compared.global.row(i), compared.local.row(i));
        found.push_back(static_cast<float>(compared.logitScale * likeness(region, text, unit)));
    }
    return found;
}

Parts parts(const Compared& compared) {
    const double scale = compared.logitScale;
    return {cosines(compared.global, compared.sentence, scale), cosines(compared.global, compared.nounPhrase, scale),
            cosines(compared.local, compared.sentence, scale), cosines(compared.local, compared.nounPhrase, scale)};
}

}  // namespace maskwright::referring
