#include "core/eval/report.h"

#include <cstdio>
#include <string_view>

#include "core/base/json.h"

namespace maskwright::eval {
namespace {

using metrics::Figures;

std::string number(double value, const char* format = "%.4f") {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// A figure of so many answers: of none there is no figure.
Json figure(double value, std::int64_t of) { return of > 0 ? Json(value) : Json(); }
std::string figure(double value, std::int64_t of, const char* format) {
    return of > 0 ? number(value, format) : std::string();
}

// All but the phantom rate are of objects that are there.
Json figuresJson(const Figures& f, const metrics::Summary& s) {
    return {{"threshold", f.threshold},
            {"mean_iou_per_phrase", figure(f.phraseIou, s.present)},
            {"mean_iou_per_class", figure(f.classIou, s.present)},
            {"overall_iou", figure(f.overallIou, s.present)},
            {"foreground_iou", figure(f.foregroundIou, s.present)},
            {"binary_iou", figure(f.binaryIou, s.present)},
            {"precision", figure(f.precision, s.present)},
            {"recall", figure(f.recall, s.present)},
            {"phantom_rate", figure(f.phantomRate, s.absent)}};
}

std::string figuresRow(const std::string& label, const Figures& f, const metrics::Summary& s) {
    std::string row = "| " + label + " | " + number(f.threshold, "%.4g");
    for (const double value : {f.phraseIou, f.classIou, f.overallIou, f.foregroundIou, f.binaryIou}) {
        row += " | " + figure(value, s.present, "%.4f");
    }
    return row + " | " + figure(f.phantomRate, s.absent, "%.4f") + " |\n";
}

// A name in a line of Markdown: no line break ends the line, and nothing in it begins a cell, code or a tag.
std::string inMarkdown(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            safe += ' ';
            continue;
        }
        safe += std::string_view("\\|`<").find(c) == std::string_view::npos ? "" : "\\";
        safe += c;
    }
    return safe;
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

}  // namespace

std::string asJson(const Report& r) {
    Json json = {{"model", r.model},
                 {"data", r.data},
                 {"split", r.split},
                 {"size", r.size},
                 {"pictures", r.pictures},
                 {"present", r.summary.present},
                 {"absent", r.summary.absent},
                 {"average_precision", figure(r.summary.averagePrecision, r.summary.present)},
                 {"encode_milliseconds", r.encodeMilliseconds},
                 {"decode_milliseconds", r.decodeMilliseconds},
                 {"seconds", r.seconds},
                 {"default", figuresJson(r.atDefault(), r.summary)},
                 {"best", figuresJson(r.atBest(), r.summary)}};
    if (!r.examples.empty()) {
        json["examples"] = r.examples;
        json["style"] = r.style;
        json["mix"] = r.mix;
    }
    json["at"] = Json::array();
    for (const double t : r.thresholds) {
        json["at"].push_back(figuresJson(r.at(t), r.summary));
    }
    json["thresholds"] = Json::array();
    for (std::size_t t = 0; t < metrics::kThresholds; ++t) {
        json["thresholds"].push_back(figuresJson(r.summary.figures[t], r.summary));
    }
    json["phrases"] = Json::array();
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        json["phrases"].push_back({{"phrase", r.names[k]},
                                   {"present", p.present},
                                   {"absent", p.absent},
                                   {"mean_iou", figure(p.iou, p.present)},
                                   {"class_iou", figure(p.classIou, p.present)},
                                   {"phantom_rate", figure(p.phantomRate, p.absent)}});
    }
    return json.dump(2) + "\n";
}

std::string asCsv(const Report& r) {
    std::string text = "phrase,present,absent,mean_iou,class_iou,phantom_rate\n";
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        text += csvCell(r.names[k]) + "," + std::to_string(p.present) + "," + std::to_string(p.absent) + "," +
                figure(p.iou, p.present, "%.4f") + "," + figure(p.classIou, p.present, "%.4f") + "," +
                figure(p.phantomRate, p.absent, "%.4f") + "\n";
    }
    return text;
}

std::string asMarkdown(const Report& r) {
    std::string text =
        "# " + inMarkdown(r.model) + " on " + inMarkdown(r.split) + "\n\n" + std::to_string(r.pictures) +
        " pictures, " + std::to_string(r.summary.present) + " present and " + std::to_string(r.summary.absent) +
        " absent phrases, input " + std::to_string(r.size) + " pixels. " +
        (r.summary.present > 0 ? "Average precision " + number(r.summary.averagePrecision) + ". " : "") +
        "A picture is encoded in " + number(r.encodeMilliseconds, "%.0f") + " ms, a phrase decoded in " +
        number(r.decodeMilliseconds, "%.1f") + " ms." +
        (r.examples.empty() ? ""
                            : " Every phrase was asked by one marked object of " + inMarkdown(r.examples) +
                                  ", shown as " + inMarkdown(r.style) + ", a = " + number(r.mix, "%.2f") + ".") +
        "\n\n" +
        "| | threshold | mean IoU per phrase | mean IoU per class | overall IoU | foreground IoU | "
        "binary IoU | phantom rate |\n"
        "|---|---|---|---|---|---|---|---|\n";
    text += figuresRow("default", r.atDefault(), r.summary) + figuresRow("best", r.atBest(), r.summary);
    for (const double t : r.thresholds) {
        text += figuresRow("asked", r.at(t), r.summary);
    }
    text += "\n| phrase | present | mean IoU | class IoU | phantom rate |\n|---|---|---|---|---|\n";
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        text += "| " + inMarkdown(r.names[k]) + " | " + std::to_string(p.present) + " | " +
                figure(p.iou, p.present, "%.3f") + " | " + figure(p.classIou, p.present, "%.3f") + " | " +
                figure(p.phantomRate, p.absent, "%.3f") + " |\n";
    }
    return text;
}

}  // namespace maskwright::eval
