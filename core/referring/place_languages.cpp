#include "core/referring/place_languages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace maskwright::referring {
namespace {

struct Said {
    std::string_view text;
    Order order;
};

// At the end of a German, French or Spanish phrase, after a space. What follows of "links von" is another thing's.
constexpr Said kEnds[] = {{"links", Order::left},
                          {"rechts", Order::right},
                          {"oben", Order::top},
                          {"unten", Order::bottom},
                          {"vorne", Order::near},
                          {"im vordergrund", Order::near},
                          {"hinten", Order::far},
                          {"im hintergrund", Order::far},
                          {"in der mitte", Order::middle},
                          {"à gauche", Order::left},
                          {"de gauche", Order::left},
                          {"à droite", Order::right},
                          {"de droite", Order::right},
                          {"en haut", Order::top},
                          {"en bas", Order::bottom},
                          {"au premier plan", Order::near},
                          {"à l'arrière-plan", Order::far},
                          {"au fond", Order::far},
                          {"au milieu", Order::middle},
                          {"au centre", Order::middle},
                          {"a la izquierda", Order::left},
                          {"de la izquierda", Order::left},
                          {"a la derecha", Order::right},
                          {"de la derecha", Order::right},
                          {"arriba", Order::top},
                          {"abajo", Order::bottom},
                          {"en primer plano", Order::near},
                          {"al fondo", Order::far},
                          {"en el medio", Order::middle},
                          {"en el centro", Order::middle},
                          {"más grande", Order::biggest},
                          {"más pequeño", Order::smallest},
                          {"más pequeña", Order::smallest},
                          {"izquierdo", Order::left},
                          {"izquierda", Order::left},
                          {"derecho", Order::right},
                          {"derecha", Order::right},
                          {"le plus grand", Order::biggest},
                          {"la plus grande", Order::biggest},
                          {"le plus petit", Order::smallest},
                          {"la plus petite", Order::smallest}};
// Where a number counts from.
constexpr Said kCounted[] = {{"von links", Order::left},
                             {"von rechts", Order::right},
                             {"en partant de la gauche", Order::left},
                             {"à partir de la gauche", Order::left},
                             {"en partant de la droite", Order::right},
                             {"à partir de la droite", Order::right},
                             {"desde la izquierda", Order::left},
                             {"por la izquierda", Order::left},
                             {"desde la derecha", Order::right},
                             {"por la derecha", Order::right}};
// Without their endings.
constexpr Said kGermanAdjectives[] = {
    {"link", Order::left},      {"recht", Order::right},   {"ober", Order::top},
    {"unter", Order::bottom},   {"vorder", Order::near},   {"hinter", Order::far},
    {"mittler", Order::middle}, {"größt", Order::biggest}, {"kleinst", Order::smallest}};
constexpr std::string_view kGermanSided[] = {"hand", "arm", "bein", "fuß", "auge", "ohr", "schulter", "seite", "schuh"};
// Whose left or right hand, not where in the picture.
constexpr std::string_view kSpanishSided[] = {
    " mano izquierda", " mano derecha",  " pierna izquierda", " pierna derecha", " brazo izquierdo",
    " brazo derecho",  " pie izquierdo", " pie derecho",      " ojo izquierdo",  " ojo derecho"};
constexpr std::string_view kOfThePicture[] = {" im bild",    " auf dem bild", " im foto",      " auf dem foto",
                                              " de l'image", " sur l'image",  " de la photo",  " sur la photo",
                                              " en la foto", " en la imagen", " de la imagen", " de la foto"};
// German without endings; French and Spanish by their beginnings.
constexpr std::array<std::array<std::string_view, 3>, 5> kOrdinals = {{{"erst", "premi", "primer"},
                                                                       {"zweit", "deuxième", "segund"},
                                                                       {"dritt", "troisième", "tercer"},
                                                                       {"viert", "quatrième", "cuart"},
                                                                       {"fünft", "cinquième", "quint"}}};

// Before the thing; longer ones first.
constexpr Said kKorean[] = {
    {"왼쪽", Order::left},     {"왼편", Order::left},   {"좌측", Order::left},     {"오른쪽", Order::right},
    {"오른편", Order::right},  {"우측", Order::right},  {"가운데", Order::middle}, {"중앙", Order::middle},
    {"중간", Order::middle},   {"위쪽", Order::top},    {"상단", Order::top},      {"위", Order::top},
    {"아래쪽", Order::bottom}, {"하단", Order::bottom}, {"아래", Order::bottom},   {"앞쪽", Order::near},
    {"앞", Order::near},       {"뒤쪽", Order::far},    {"뒤", Order::far}};
constexpr Said kKoreanMost[] = {
    {"큰", Order::biggest}, {"작은", Order::smallest}, {"가까운", Order::near}, {"먼", Order::far}};
constexpr std::string_view kKoreanNumbers[] = {"첫", "두", "세", "네", "다섯"};
constexpr Said kJapanese[] = {{"左", Order::left},     {"右", Order::right}, {"真ん中", Order::middle},
                              {"中央", Order::middle}, {"上", Order::top},   {"下", Order::bottom},
                              {"手前", Order::near},   {"奥", Order::far},   {"後ろ", Order::far}};
constexpr Said kJapaneseMost[] = {{"大きい", Order::biggest},  {"大きな", Order::biggest}, {"小さい", Order::smallest},
                                  {"小さな", Order::smallest}, {"近い", Order::near},      {"遠い", Order::far}};
constexpr Said kChinese[] = {{"左", Order::left},     {"右", Order::right},    {"中间", Order::middle},
                             {"中間", Order::middle}, {"中央", Order::middle}, {"上", Order::top},
                             {"下", Order::bottom},   {"前", Order::near},     {"后", Order::far},
                             {"後", Order::far}};
constexpr Said kChineseMost[] = {{"大的", Order::biggest},
                                 {"小的", Order::smallest},
                                 {"近的", Order::near},
                                 {"远的", Order::far},
                                 {"遠的", Order::far}};
constexpr std::string_view kHanNumbers[] = {"一", "二", "三", "四", "五"};
constexpr std::string_view kChineseCounters[] = {"个", "個", "只", "隻", "辆", "輛", "匹", "张",
                                                 "張", "把", "头", "頭", "条", "條", "位"};

// Takes what a text begins with.
class Front {
  public:
    explicit Front(std::string_view text) : text_(text) {}
    bool take(std::string_view what) {
        if (what.empty() || !text_.starts_with(what)) {
            return false;
        }
        text_.remove_prefix(what.size());
        return true;
    }
    template <std::size_t N>
    std::optional<Order> take(const Said (&list)[N]) {
        for (const Said& one : list) {
            if (take(one.text)) {
                return one.order;
            }
        }
        return std::nullopt;
    }
    // From 1; 0: none of them.
    template <std::size_t N>
    int number(const std::string_view (&list)[N]) {
        for (std::size_t i = 0; i < N; ++i) {
            if (take(list[i]) || (!text_.empty() && text_.front() == char('1' + int(i)) && take(text_.substr(0, 1)))) {
                return int(i) + 1;
            }
        }
        return 0;
    }
    [[nodiscard]] std::string_view rest() const { return text_; }

  private:
    std::string_view text_;
};

PlaceWords made(Order order, int number, std::string_view rest) {
    while (rest.starts_with(' ')) {
        rest.remove_prefix(1);
    }
    return rest.empty() ? PlaceWords{} : PlaceWords{{{order, number}}, std::string(rest), false};
}

// "왼쪽에 있는 컵", "가장 큰 개", "왼쪽에서 두 번째 컵"
PlaceWords korean(std::string_view phrase) {
    Front front(phrase);
    if (front.take("가장 ") || front.take("제일 ")) {
        if (const auto order = front.take(kKoreanMost); order && front.take(" ")) {
            return made(*order, 0, front.rest());
        }
    }
    front.take("맨 ");
    const auto order = front.take(kKorean);
    if (!order) {
        return {};
    }
    front.take(" 끝");
    if (front.take("에서 ")) {
        const int number = front.number(kKoreanNumbers);
        front.take(" ");
        return number > 0 && front.take("번째") && front.take(" ") ? made(*order, number, front.rest()) : PlaceWords{};
    }
    const bool linked = front.take("에 있는 ") || front.take("의 ") || front.take(" ");
    return linked ? made(*order, 0, front.rest()) : PlaceWords{};
}

// "左の猫", "一番大きい犬", "左から二番目の馬"
PlaceWords japanese(std::string_view phrase) {
    Front front(phrase);
    const bool most = front.take("一番") || front.take("最も");
    if (most) {
        if (const auto order = front.take(kJapaneseMost)) {
            return made(*order, 0, front.rest());
        }
    }
    const auto order = front.take(kJapanese);
    if (!order) {
        return {};
    }
    if (front.take("から")) {
        const int number = front.number(kHanNumbers);
        return number > 0 && front.take("番目の") ? made(*order, number, front.rest()) : PlaceWords{};
    }
    front.take("側") || front.take("端");
    const bool linked = front.take("にある") || front.take("にいる") || front.take("の");
    return linked ? made(*order, 0, front.rest()) : PlaceWords{};
}

// "左边的杯子", "最大的狗", "左边第二匹马"
PlaceWords chinese(std::string_view phrase) {
    Front front(phrase);
    const bool most = front.take("最");
    if (most) {
        if (const auto order = front.take(kChineseMost)) {
            return made(*order, 0, front.rest());
        }
    }
    front.take("从") || front.take("從");
    const auto order = front.take(kChinese);
    if (!order) {
        return {};
    }
    const bool side = *order == Order::middle || front.take("边") || front.take("邊") || front.take("侧") ||
                      front.take("側") || front.take("面") || front.take("方") || front.take("数") || front.take("數");
    if (!side) {
        return {};
    }
    front.take("数") || front.take("數");
    if (front.take("第")) {
        const int number = front.number(kHanNumbers);
        const bool counted = std::any_of(std::begin(kChineseCounters), std::end(kChineseCounters),
                                         [&](std::string_view one) { return front.take(one); });
        return number > 0 && counted ? made(*order, number, front.rest()) : PlaceWords{};
    }
    return front.take("的") ? made(*order, 0, front.rest()) : PlaceWords{};
}

// ASCII alone, so that places in both are the same.
std::string lowered(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return static_cast<char>(u < 0x80 ? std::tolower(u) : u);
    });
    return lower;
}

class European {
  public:
    explicit European(std::string_view phrase) : text_(phrase.substr(0, 1000)), lower_(lowered(text_)) {}

    PlaceWords read() {
        for (const std::string_view picture : kOfThePicture) {
            cut(picture, false);
        }
        if (std::any_of(std::begin(kSpanishSided), std::end(kSpanishSided),
                        [&](std::string_view one) { return lower_.ends_with(one); })) {
            return {};
        }
        for (const Said& one : kCounted) {
            if (ordinal() && cut(one.text, true)) {
                const auto [begin, end, number] = *ordinal();
                erase(begin, end);
                return {{{one.order, number}}, text_, false};
            }
        }
        for (bool more = true; more && wishes_.size() < 2;) {
            more = std::any_of(std::begin(kEnds), std::end(kEnds), [&](const Said& one) {
                const bool found = cut(one.text, true);
                if (found) {
                    wishes_.insert(wishes_.begin(), {one.order, 0});
                }
                return found;
            });
        }
        if (!wishes_.empty()) {
            cut("ganz", true) || cut("tout", true) || cut("más", true);
        }
        adjectives();
        return {wishes_, text_, false};
    }

  private:
    struct Number {
        std::size_t begin, end;
        int number;
    };

    // Off the end, where something is left.
    bool cut(std::string_view what, bool word) {
        if (!lower_.ends_with(what) || lower_.size() < what.size() + 2 ||
            (word && lower_[lower_.size() - what.size() - 1] != ' ')) {
            return false;
        }
        erase(lower_.size() - what.size() - (word ? 1 : 0), lower_.size());
        return true;
    }
    void erase(std::size_t begin, std::size_t end) {
        text_.erase(begin, end - begin);
        lower_.erase(begin, end - begin);
    }
    // Calls `give` with where each word begins and ends, until it says so.
    template <class Give>
    void words(const Give& give) const {
        for (std::size_t begin = 0; begin < lower_.size();) {
            const std::size_t end = std::min(lower_.find(' ', begin), lower_.size());
            if (give(begin, end)) {
                return;
            }
            begin = end + 1;
        }
    }
    [[nodiscard]] std::optional<Number> ordinal() const {
        std::optional<Number> found;
        words([&](std::size_t begin, std::size_t end) {
            const std::string_view word = std::string_view(lower_).substr(begin, end - begin);
            for (std::size_t i = 0; i < kOrdinals.size() && !found; ++i) {
                for (const std::string_view stem : kOrdinals[i]) {
                    if (word.starts_with(stem) && word.size() <= stem.size() + 3) {
                        found = {begin, std::min(end + 1, lower_.size()), int(i) + 1};
                        break;
                    }
                }
            }
            return found.has_value();
        });
        return found;
    }
    // "die linke Tasse", not "die linke Hand".
    void adjectives() {
        words([&](std::size_t begin, std::size_t end) {
            const std::string_view word = std::string_view(lower_).substr(begin, end - begin);
            const std::size_t next = std::min(end + 1, lower_.size());
            const std::string_view following =
                std::string_view(lower_).substr(next, std::min(lower_.find(' ', next), lower_.size()) - next);
            if (following.empty() ||
                std::find(std::begin(kGermanSided), std::end(kGermanSided), following) != std::end(kGermanSided)) {
                return false;
            }
            for (const Said& one : kGermanAdjectives) {
                const std::string_view ending = word.starts_with(one.text) ? word.substr(one.text.size()) : "-";
                if (ending == "e" || ending == "er" || ending == "es" || ending == "en" || ending == "em") {
                    wishes_.push_back({one.order, 0});
                    erase(begin, next);
                    return true;
                }
            }
            return false;
        });
    }

    std::string text_, lower_;
    std::vector<Wish> wishes_;
};

}  // namespace

PlaceWords placeWordsOfOthers(std::string_view phrase) {
    for (const auto read : {korean, japanese, chinese}) {
        if (PlaceWords words = read(phrase); !words.wishes.empty()) {
            return words;
        }
    }
    PlaceWords words = European(phrase).read();
    return words.wishes.empty() ? PlaceWords{{}, std::string(phrase), false} : words;
}

}  // namespace maskwright::referring
