#include "core/eval/report.h"

#include <cstdio>

#include "core/base/json.h"

namespace maskwright::eval {
namespace {

using metrics::Figures;

std::string number(double value, const char* format = "%.4f") {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

Json figuresJson(const Figures& f) {
    return {{"threshold", f.threshold},          {"mean_iou_per_phrase", f.phraseIou},
            {"mean_iou_per_class", f.classIou},  {"overall_iou", f.overallIou},
            {"foreground_iou", f.foregroundIou}, {"binary_iou", f.binaryIou},
            {"precision", f.precision},          {"recall", f.recall},
            {"phantom_rate", f.phantomRate}};
}

std::string figuresRow(const std::string& label, const Figures& f) {
    return "| " + label + " | " + number(f.threshold, "%.4g") + " | " + number(f.phraseIou) + " | " +
           number(f.classIou) + " | " + number(f.overallIou) + " | " + number(f.foregroundIou) + " | " +
           number(f.binaryIou) + " | " + number(f.phantomRate) + " |\n";
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) {
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
                 {"average_precision", r.summary.averagePrecision},
                 {"encode_milliseconds", r.encodeMilliseconds},
                 {"decode_milliseconds", r.decodeMilliseconds},
                 {"seconds", r.seconds},
                 {"default", figuresJson(r.atDefault())},
                 {"best", figuresJson(r.atBest())}};
    if (!r.examples.empty()) {
        json["examples"] = r.examples;
        json["style"] = r.style;
        json["mix"] = r.mix;
    }
    json["at"] = Json::array();
    for (const double t : r.thresholds) {
        json["at"].push_back(figuresJson(r.at(t)));
    }
    json["thresholds"] = Json::array();
    for (std::size_t t = 0; t < metrics::kThresholds; ++t) {
        json["thresholds"].push_back(figuresJson(r.summary.figures[t]));
    }
    json["phrases"] = Json::array();
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        json["phrases"].push_back({{"phrase", r.names[k]},
                                   {"present", p.present},
                                   {"absent", p.absent},
                                   {"mean_iou", p.iou},
                                   {"class_iou", p.classIou},
                                   {"phantom_rate", p.phantomRate}});
    }
    return json.dump(2) + "\n";
}

std::string asCsv(const Report& r) {
    std::string text = "phrase,present,absent,mean_iou,class_iou,phantom_rate\n";
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        text += csvCell(r.names[k]) + "," + std::to_string(p.present) + "," + std::to_string(p.absent) + "," +
                number(p.iou) + "," + number(p.classIou) + "," + number(p.phantomRate) + "\n";
    }
    return text;
}

std::string asMarkdown(const Report& r) {
    std::string text = "# " + r.model + " on " + r.split + "\n\n" + std::to_string(r.pictures) + " pictures, " +
                       std::to_string(r.summary.present) + " present and " + std::to_string(r.summary.absent) +
                       " absent phrases, input " + std::to_string(r.size) + " pixels. Average precision " +
                       number(r.summary.averagePrecision) + ". A picture is encoded in " +
                       number(r.encodeMilliseconds, "%.0f") + " ms, a phrase decoded in " +
                       number(r.decodeMilliseconds, "%.1f") + " ms." +
                       (r.examples.empty() ? ""
                                           : " Every phrase was asked by one marked object of " + r.examples +
                                                 ", shown as " + r.style + ", a = " + number(r.mix, "%.2f") + ".") +
                       "\n\n" +
                       "| | threshold | mean IoU per phrase | mean IoU per class | overall IoU | foreground IoU | "
                       "binary IoU | phantom rate |\n"
                       "|---|---|---|---|---|---|---|---|\n";
    text += figuresRow("default", r.atDefault()) + figuresRow("best", r.atBest());
    for (const double t : r.thresholds) {
        text += figuresRow("asked", r.at(t));
    }
    text += "\n| phrase | present | mean IoU | class IoU | phantom rate |\n|---|---|---|---|---|\n";
    for (std::size_t k = 0; k < r.names.size(); ++k) {
        const metrics::PhraseFigures& p = r.phrases()[k];
        std::string name = r.names[k];
        for (std::size_t at = 0; (at = name.find('|', at)) != std::string::npos; at += 2) {
            name.insert(at, "\\");
        }
        text += "| " + name + " | " + std::to_string(p.present) + " | " + (p.present > 0 ? number(p.iou, "%.3f") : "") +
                " | " + number(p.classIou, "%.3f") + " | " + number(p.phantomRate, "%.3f") + " |\n";
    }
    return text;
}

}  // namespace maskwright::eval
