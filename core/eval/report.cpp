#include "core/eval/report.h"

#include "core/base/csv.h"
#include "core/eval/text.h"

namespace maskwright::eval {
namespace {

using metrics::Figures;

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
            {"phantom_rate", figure(f.phantomRate, s.absent)},
            {"mean_iou_small", figure(f.smallIou, s.small)}};
}

std::string figuresRow(const std::string& label, const Figures& f, const metrics::Summary& s) {
    std::string row = "| " + label + " | " + number(f.threshold, "%.4g");
    for (const double value : {f.phraseIou, f.classIou, f.overallIou, f.foregroundIou, f.binaryIou}) {
        row += " | " + figure(value, s.present, "%.4f");
    }
    return row + " | " + figure(f.phantomRate, s.absent, "%.4f") + " |\n";
}

Json calibrationJson(const metrics::Calibration& c) {
    Json bins = Json::array();
    for (std::size_t i = 0; i < metrics::kBins; ++i) {
        const metrics::Bin& bin = c.bins[i];
        bins.push_back({{"from", static_cast<double>(i) / metrics::kBins},
                        {"to", static_cast<double>(i + 1) / metrics::kBins},
                        {"masks", bin.masks},
                        {"presence", figure(bin.presence, bin.masks)},
                        {"there", figure(bin.there, bin.masks)},
                        {"fitting", figure(bin.fitting, bin.masks)}});
    }
    return {{"asked", c.said},
            {"masks", c.masks},
            {"error_there", figure(c.errorThere, c.masks)},
            {"error_fitting", figure(c.errorFitting, c.masks)},
            {"log_likelihood_loss", figure(c.logLikelihoodLoss, c.masks)},
            {"temperature", figure(c.temperature, c.masks)},
            {"loss_at_temperature", figure(c.lossAtTemperature, c.masks)},
            {"bins", std::move(bins)}};
}

std::string calibrationMarkdown(const metrics::Calibration& c) {
    std::string text = "\n| presence | masks | mean presence | is there | is there, IoU at least " +
                       number(metrics::kFits, "%.1f") + " |\n|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < metrics::kBins; ++i) {
        const metrics::Bin& bin = c.bins[i];
        text += "| " + number(static_cast<double>(i) / metrics::kBins, "%.1f") + " to " +
                number(static_cast<double>(i + 1) / metrics::kBins, "%.1f") + " | " + std::to_string(bin.masks);
        for (const double value : {bin.presence, bin.there, bin.fitting}) {
            text += " | " + figure(value, bin.masks, "%.3f");
        }
        text += " |\n";
    }
    if (c.masks > 0) {
        text += "\nExpected calibration error " + number(c.errorThere) + " (is there), " + number(c.errorFitting) +
                " (and fits). Temperature " + number(c.temperature, "%.3f") +
                " brings the negative log likelihood of " + "\"is there\" from " + number(c.logLikelihoodLoss) +
                " to " + number(c.lossAtTemperature) + ".\n";
    }
    return text;
}

Json wordingsJson(const std::vector<WordingFigures>& wordings) {
    Json list = Json::array();
    for (const WordingFigures& one : wordings) {
        list.push_back({{"kind", one.kind},
                        {"phrases", one.phrases},
                        {"asked", one.asked},
                        {"mean_iou", figure(one.iou, one.asked)},
                        {"mean_iou_of_names", figure(one.namesIou, one.asked)},
                        {"difference", figure(one.iou - one.namesIou, one.asked)}});
    }
    return list;
}

std::string wordingsMarkdown(const std::vector<WordingFigures>& wordings) {
    if (wordings.empty()) {
        return "";
    }
    std::string text =
        "\n| other words | phrases | asked where there | mean IoU | of the names themselves | difference |\n"
        "|---|---|---|---|---|---|\n";
    for (const WordingFigures& one : wordings) {
        text += "| " + inMarkdown(one.kind) + " | " + std::to_string(one.phrases) + " | " + std::to_string(one.asked) +
                " | " + figure(one.iou, one.asked, "%.4f") + " | " + figure(one.namesIou, one.asked, "%.4f") + " | " +
                figure(one.iou - one.namesIou, one.asked, "%+.4f") + " |\n";
    }
    return text;
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
                 {"small", r.summary.small},
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
    json["at_phantom"] = Json::array();
    for (const double most : r.atPhantom) {
        json["at_phantom"].push_back(figuresJson(r.summary.figures[r.summary.bestUnder(most)], r.summary));
        json["at_phantom"].back()["most"] = most;
    }
    json["reliability"] = calibrationJson(r.calibration);
    json["wordings"] = wordingsJson(r.wordings);
    json["thresholds"] = Json::array();
    for (std::size_t t = 0; t < metrics::kThresholds; ++t) {
        json["thresholds"].push_back(figuresJson(r.summary.figures[t], r.summary));
    }
    json["unknown_names"] = r.unknown;
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
    for (const double most : r.atPhantom) {
        text += figuresRow("best with phantoms up to " + number(most, "%.4g"),
                           r.summary.figures[r.summary.bestUnder(most)], r.summary);
    }
    if (r.summary.small > 0) {
        text += "\nOf the " + std::to_string(r.summary.small) + " that cover less than " +
                number(100 * metrics::kSmall, "%.4g") +
                " % of their picture the mean IoU at the default threshold is " +
                number(r.atDefault().smallIou, "%.4f") + ".\n";
    }
    text += wordingsMarkdown(r.wordings) + calibrationMarkdown(r.calibration);
    if (!r.unknown.empty()) {
        text += "\nNot known to the model, so that it finds nothing for them:";
        for (const std::string& name : r.unknown) {
            text += (&name == &r.unknown.front() ? " " : ", ") + inMarkdown(name);
        }
        text += ".\n";
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
