"""The words of the interface in one language, named. The words themselves are in ``LANG/*.toml`` beside this module."""

from dataclasses import dataclass

from rag.types import Stance


@dataclass(frozen=True)
class Strings:
    """The words of the interface; phrases avoid plural forms, so that they translate. ``{name}`` is filled in.

    A field without a note is a phrase where the interface shows it. Each block below has a file of its name in every
    language's folder.

    Attributes:
        stances: Badge of each stance. It must never read as a fact what a report only ascribes to somebody.
        stance_notes: What the badge means, in a sentence.
        engine_notes: What the engine remarks on an answer, by the names of ``ui.notes``; ``engine_note`` for any other.
        confidence_words: (least confidence, words), highest first; the last one starts at 0.
        languages: Language names by ISO 639-1 code.
        chart_units: What a bar of a plot stands for, by the unit of ``ui.collections.figures.OverTime``.
        stages: What the program is doing, by the label of ``index.progress``; "other" for any other one.
        collection_problems: Why a collection cannot be used as wished, by the kind of ``CollectionError``.
    """

    # page
    lang: str
    direction: str
    title: str
    invitation: str
    holds: str
    holds_between: str
    question_label: str
    question_placeholder: str
    ask: str
    clear: str
    filters: str
    since: str
    until: str
    day_placeholder: str
    sources: str
    sources_info: str
    languages_label: str
    evidence_empty: str
    searching: str
    problem: str
    unexpected: str
    no_words: str
    bad_day: str
    days_reversed: str

    # answer
    several_claims: str
    in_order: str
    conflict: str
    conflict_denied: str
    disputed: str
    read_stances: str
    in_their_words: str
    says: str
    told_otherwise: str
    independent_sources: str
    more_claims: str
    changes: str
    searched: str
    bridged: str
    bridged_alias: str
    bridged_spelling: str
    written_by: str
    not_supported: str
    not_supported_count: str
    not_supported_note: str
    why_not_supported: str
    confidence_words: tuple[tuple[float, str], ...]
    confidence_figure: str
    cited_in: str
    abstained: str
    passages_read: str
    narrowed_to: str
    reports: str
    reports_left_out: str
    nearest: str
    no_passages: str
    extractive_engine: str
    other_engine: str
    engine_note: str
    engine_notes: dict[str, str]
    stances: dict[Stance, str]
    stance_notes: dict[Stance, str]

    # evidence
    evidence: str
    untitled: str
    unknown_source: str
    unknown_date: str
    rank: str
    rank_note: str
    open_report: str
    open_in_context: str
    copy_citation: str
    mark_quote: str
    mark_speaker: str
    quote_alone: str
    sentence_alone: str
    copy_of: str
    copies: str
    why: str
    why_place: str
    why_words: str
    why_no_words: str
    why_bm25: str
    why_dense: str
    why_late: str
    why_bridged: str
    why_rank_score: str
    why_scale: str
    why_not_listed: str

    # citing: a citation copied as plain text
    copied_quote: str
    copied_sentence: str
    copied_title: str
    copied_source: str
    copied_date: str
    copied_address: str
    copied_place: str
    copied_hash: str

    # context: a whole report
    report_id: str
    report_hash: str
    hits: str
    previous_hit: str
    next_hit: str

    # tables: the timeline and the tables
    nothing_cited: str
    by_date: str
    by_source: str
    by_claim: str
    undated: str
    no_claim: str
    column_citation: str
    column_report: str
    column_words: str

    # languages
    languages: dict[str, str]

    # workspace
    ask_collection: str
    documents_label: str
    documents_info: str
    clear_filters: str
    side_label: str
    conversation_label: str
    tab_ask: str
    within: str
    reading: str
    writing: str
    stop: str
    stopped: str
    stopped_early: str
    too_long: str
    sent_to: str
    stays_here: str
    switch_name: str
    switch_label: str
    examples: str
    keys: str
    teaching: str
    no_reports: str
    no_reports_help: str
    answer_arrived: str
    abstention_arrived: str
    report_dialog: str
    close: str
    opening: str
    report_failed: str
    unknown_report: str
    bad_address: str
    copied: str
    copy_failed: str
    connection_lost: str
    reload: str
    views_label: str
    view_cards: str
    view_timeline: str
    view_date: str
    view_source: str
    view_claim: str

    # export
    export_title: str
    export_made: str
    export_question: str
    export_searched: str
    export_filters: str
    export_no_filters: str
    export_since: str
    export_until: str
    export_sources: str
    export_languages: str
    export_documents: str
    export_without: str
    export_claims: str
    export_written: str
    export_unsupported: str
    export_citations: str
    export_nearest: str
    export_passages: str
    export_rank: str
    export_score: str
    export_dense: str
    export_bm25: str
    export_late: str
    export_report: str
    export_source: str
    export_published: str
    export_quote_place: str
    export_hash: str
    export_speaker: str
    export_fingerprints: str
    export_index: str
    export_index_holds: str
    export_model: str
    export_reader: str
    export_settings: str
    export_no_fingerprint: str
    export_replay: str
    export_replay_how: str
    export_limits: str
    save_heading: str
    save_note: str
    save_button: str
    save_files: str
    save_nothing: str

    # collections
    collections: str
    collection_label: str
    figure_reports: str
    figure_passages: str
    figure_sources: str
    figure_languages: str
    figure_period: str
    figure_undated: str
    period_between: str
    reports_by_source: str
    reports_by_language: str
    chart_summary: str
    figures_table: str
    table_period: str
    table_total: str
    other_series: str
    no_dates: str
    empty_collection: str
    no_collections: str
    read_only_note: str
    changes_off_note: str
    add_reports: str
    files_label: str
    folder_label: str
    formats_note: str
    limit_note: str
    replacing_label: str
    replacing_info: str
    add_button: str
    cancel_button: str
    starting: str
    progress_count: str
    cancelling: str
    cancelled: str
    result_added: str
    result_updated: str
    result_unchanged: str
    result_failed: str
    result_report: str
    result_outcome: str
    result_note: str
    result_renamed: str
    result_copies: str
    result_kept: str
    and_more: str
    chart_units: dict[str, str]
    stages: dict[str, str]
    manage_reports: str
    find_reports: str
    find_placeholder: str
    found_reports: str
    remove_button: str
    remove_question: str
    remove_yes: str
    keep_button: str
    removed: str
    reindex_heading: str
    reindex_note: str
    reindex_button: str
    new_collection: str
    new_name: str
    create_button: str
    created: str
    delete_collection: str
    delete_note: str
    delete_typed: str
    delete_button: str
    deleted: str
    collection_problems: dict[str, str]
