// The window's ModelStore, made of core/store and app/net. Every task has a thread of its own, which is stopped and
// waited for when this goes: what has come of a download is gone on with the next time.
#pragma once

#include <functional>
#include <map>
#include <thread>

#include "ui/model/model_store.h"

namespace maskwright {

class LocalModelStore : public ui::ModelStore {
  public:
    // `library`: the engine library's path, by which a model is opened before it counts as there; empty: as
    // EngineInference finds it.
    explicit LocalModelStore(QString library = {}, QObject* parent = nullptr);
    ~LocalModelStore() override;

    [[nodiscard]] std::vector<ui::StoredModel> models() const override;
    [[nodiscard]] QString hub(const QString& mirror) const override;
    void fetch(const QString& name, const QString& mirror) override;
    void import(const QString& path, const QString& partner) override;
    void stop(const QString& task) override;
    Result<void> remove(const QString& name) override;

  private:
    using Tell = std::function<void(const ui::ModelProgress&)>;
    using Work = std::function<Result<void>(const Tell&, const std::stop_token&)>;
    void run(const QString& task, Work work);
    [[nodiscard]] std::function<Result<void>(const std::string&)> check() const;

    QString library_;
    std::map<QString, std::jthread> tasks_;
};

}  // namespace maskwright
