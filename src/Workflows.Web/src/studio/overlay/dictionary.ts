// Studio 3.8's English labels and their Chinese, by part of Studio. Whole texts only.
import type { Pattern } from './overlay'

const everywhere = {
  Add: '添加', Apply: '应用', Cancel: '取消', Clear: '清除', Close: '关闭', Confirm: '确认', Copy: '复制', Create: '新建', Default: '默认', Delete: '删除',
  Disabled: '停用', Discard: '放弃', Download: '下载', Edit: '编辑', Enabled: '启用', Error: '错误', Export: '导出', Import: '导入', Information: '信息', Loading: '正在加载',
  'Loading...': '正在加载…', Name: '名称', Navigate: '转到', No: '否', None: '无', '(None)': '（无）', Ok: '确定', OK: '确定', Open: '打开', Other: '其他', Preview: '预览',
  Publish: '发布', Published: '已发布', Draft: '草稿', Refresh: '刷新', Reload: '重新加载', Remove: '移除', Rename: '重命名', Reset: '重置', Retract: '撤回', Run: '运行', Save: '保存',
  'Save As': '另存为', 'Save as': '另存为', Search: '搜索', Select: '选择', 'Select all': '全选', Success: '成功', Test: '测试', Unpublish: '撤回发布', Update: '更新', Upload: '上传', View: '查看',
  Warning: '警告', Yes: '是', Description: '说明', Type: '类型', Version: '版本', Status: '状态', Created: '创建时间', Updated: '更新时间', Finished: '已结束', ID: '编号', Id: '编号', Actions: '操作',
  'No data available': '没有数据', 'No records to display': '没有记录', 'No matching records found': '没有符合条件的记录', 'Something went wrong': '出现错误', 'Copied to clipboard': '已复制',
  'Copy to clipboard': '复制到剪贴板', Collapse: '收起', Expand: '展开', 'Expand all': '全部展开', 'Collapse all': '全部收起', 'Are you sure?': '确定吗？', 'Rows Per Page': '每页行数',
  'Rows per page:': '每页行数：', 'First page': '首页', 'Previous page': '上一页', 'Next page': '下一页', 'Last page': '末页', 'Read-only': '只读', Readonly: '只读', All: '全部', Any: '任意',
  'MudFileUpload_Button': '选择文件', Value: '值', Key: '键', Label: '标签', Condition: '条件', Date: '日期', Time: '时间', 'Show TimePicker': '选择时间', 'Show DatePicker': '选择日期', 'Hide TimePicker': '收起时间', Operator: '运算', Column: '列', Message: '消息', Details: '详情', System: '系统',
} as const

const definitions = {
  Workflows: '流程', Workflow: '流程', 'Workflow definitions': '流程定义', 'Workflow definitions Editor': '流程定义', 'Workflow Definitions': '流程定义', 'Bulk actions': '批量操作', 'Bulk Actions': '批量操作',
  'Search on Id, Name, Description, Definition Id': '按编号、名称、说明搜索', 'Create workflow': '新建流程', 'Definition ID': '流程编号', 'Latest version': '最新版本', 'Published version': '已发布版本',
  Duplicate: '复制', 'New workflow': '新建流程', 'The name of the new workflow.': '新流程的名称。', 'Workflow type': '流程类型', Flowchart: '流程图', 'Flexible graph-based workflows.': '以连线自由组织步骤。',
  Sequence: '顺序', 'Ordered step-by-step workflows.': '按先后逐步执行。', 'State machine': '状态机', 'State and transition driven workflows.': '按状态和转移执行。',
  'A brief description of the workflow.': '流程的简要说明。', 'Please enter a name for the workflow.': '请填写流程名称。', 'Delete workflow?': '删除流程？',
  'Are you sure you want to delete this workflow?': '确定删除此流程吗？', 'Delete selected workflows?': '删除所选流程？', 'Are you sure you want to delete the selected workflows?': '确定删除所选流程吗？',
  'Publish selected workflows?': '发布所选流程？', 'Are you sure you want to publish the selected workflows?': '确定发布所选流程吗？', 'Unpublish selected workflows?': '撤回所选流程的发布？',
  'Are you sure you want to unpublish the selected workflows?': '确定撤回所选流程的发布吗？', 'Cancel running workflow instances': '取消运行中的实例', 'Cancel Running Instances': '取消运行中的实例',
  'Cancel running workflow instances?': '取消运行中的实例？', 'Are you sure you want to cancel all running workflow instances of this workflow definition?': '确定取消此流程全部运行中的实例吗？',
  'Import workflow': '导入流程', 'Import workflows': '导入流程', 'Export workflow': '导出流程', 'Export workflows': '导出流程', 'Workflow imported successfully.': '流程已导入。', 'Workflows imported successfully.': '流程已导入。',
  'Include consuming workflows': '同时导出引用它的流程', 'This workflow is read-only': '此流程只读', 'The workflow definitions are read-only.': '流程定义只读。', 'A workflow with this name already exists.': '已有同名流程。',
  'Workflow type is required.': '请选择流程类型。', 'Duplicate workflow': '复制流程', 'The name of the duplicated workflow.': '副本的名称。', 'Workflow definition': '流程定义', 'Unpublished': '未发布',
} as const

const editor = {
  Root: '整个流程',   Activities: '活动', Activity: '活动', 'Code View': '代码视图', 'Code view': '代码视图', 'Auto-save': '自动保存', 'Auto-apply': '自动应用', 'Auto apply changes to editor.': '自动把修改应用到流程图。',
  'Apply changes to editor.': '把修改应用到流程图。', 'Publish workflow': '发布流程', 'Run Workflow': '运行流程', 'Run workflow': '运行流程', 'Workflow published': '流程已发布', 'Workflow saved': '流程已保存',
  'Workflow retracted': '流程已撤回', 'Workflow unpublished': '流程已撤回', 'Workflow started': '流程已启动', 'Workflow started successfully': '流程已启动', 'Workflow started.': '流程已启动。', 'Workflow auto-saved': '流程已自动保存', 'Saving...': '正在保存…', Saved: '已保存',
  'Publishing...': '正在发布…', 'Zoom to fit the screen': '缩放到全图', Center: '居中', 'Auto layout': '自动排列', Undo: '撤销', Redo: '重做', Cut: '剪切', Paste: '粘贴', 'Delete activity': '删除活动',
  Properties: '属性', Variables: '变量', 'Input/Output': '输入／输出', 'Input/output': '输入／输出', 'Version history': '版本历史', 'Version History': '版本历史', Metadata: '基本信息', 'The name of the workflow.': '流程名称。',
  Settings: '设置', 'Activation strategy': '启动策略', 'Incident handling strategy': '故障处理策略', 'Incident Strategy': '故障处理策略', 'Log Persistence Strategy': '记录留存策略',
  'Select the log persistence strategy to use for activity properties of this workflow.': '选择本流程各活动属性的记录留存策略。',
  'Enter the expression that will be used to determine the log persistence strategy for this property.': '填写决定此属性记录留存策略的表达式。', 'Commit Strategy': '提交策略', 'Commit strategy': '提交策略',
  'The commit strategy to use that controls when the workflow state should be committed.': '决定流程状态何时写入数据库的提交策略。', 'Usable as activity': '可作为活动使用', 'Allow this workflow to be used as an activity.': '允许其他流程把本流程当作活动。',
  'Auto update consuming workflows': '自动更新引用它的流程', 'Automatically update consuming workflows when this workflow is published.': '本流程发布时，自动更新引用它的流程。', 'Version ID': '版本编号',
  Input: '输入', Output: '输出', Common: '通用', Log: '记录', Info: '信息', Task: '任务', Trigger: '触发', Resilience: '重试', 'This activity does not have any input properties.': '此活动没有输入项。',
  'This activity does not have any output properties.': '此活动没有输出项。', 'Trigger workflow': '启动流程', 'When checked, this activity can trigger this workflow.': '勾选后，此活动可以启动本流程。',
  'The name of the activity. Named activities can be referenced by other activities.': '活动名称，可供其他活动引用。', 'Display text': '显示文字', 'The text to display in the designer.': '在流程图上显示的文字。',
  'A description of this activity to be displayed in the designer.': '在流程图上显示的活动说明。', 'Show description': '显示说明', 'Whether to show the description in the designer.': '是否在流程图上显示说明。',
  'Start of workflow': '流程起点', 'When checked, this activity is the start of this workflow.': '勾选后，流程从此活动开始。', 'Merge Mode': '汇合方式', 'Merge mode': '汇合方式',
  Stream: '流式', Merge: '合并', Converge: '全部到齐', Cascade: '逐个', Race: '先到先得',
  Start: '开始', 'Select the Start button to run the activity.': '点击“开始”试运行此活动。', 'Run Asynchronously': '异步运行', 'Run asynchronously': '异步运行', 'When checked, the workflow will be executed asynchronously.': '勾选后，流程异步执行。',
  'When checked, this activity will be executed asynchronously.': '勾选后，此活动异步执行。', 'Default Configuration': '默认设置', 'Default Strategy': '默认策略', 'Internal State': '内部状态', 'Input Properties': '输入项', 'Output Properties': '输出项', 'Add entry': '添加一项', 'Add case': '添加分支', 'Add outcomes': '添加出口',
  'Add variable': '添加变量', 'Edit variable': '编辑变量', 'Create variable': '新建变量', Storage: '存放', 'The ID of the variable.': '变量编号。', 'The name of the variable.': '变量名称。', 'The type of the variable.': '变量类型。',
  'This variable is an array': '此变量为数组', 'Is array': '数组', 'Check this option if the variable holds an array of the selected type.': '变量为所选类型的数组时勾选。', 'Default value': '默认值', 'A default value.': '默认值。',
  'The storage to use when persisting the variable.': '变量的存放方式。', 'The variable type.': '变量类型。', 'Test value': '测试值', Inputs: '输入', Outputs: '输出', Outcomes: '出口', 'Add input': '添加输入', 'Add output': '添加输出', 'Edit input': '编辑输入', 'Edit output': '编辑输出', 'Create input': '新建输入', 'Create output': '新建输出',
  'There are currently no inputs defined.': '尚未定义输入。', 'There are currently no outputs defined.': '尚未定义输出。', 'There are currently no variables defined.': '尚未定义变量。', 'Enter a list of possible outcomes for this workflow.': '填写本流程可能的出口。',
  'The technical name of the input.': '输入的技术名称。', 'The technical name of the output.': '输出的技术名称。', 'The type of the input.': '输入的类型。', 'The type of the output.': '输出的类型。', 'This input is an array': '此输入为数组', 'This output is an array': '此输出为数组',
  'Check this option if the input holds an array of the selected type.': '输入为所选类型的数组时勾选。', 'Check this option if the output holds an array of the selected type.': '输出为所选类型的数组时勾选。',
  'Display name': '显示名称', 'The user-friendly name of this input.': '输入的显示名称。', 'The user-friendly name of this output.': '输出的显示名称。', 'A brief description of this input.': '输入的简要说明。', 'A brief description of this output.': '输出的简要说明。',
  Category: '类别', 'A custom category by which to group this input.': '用于归类此输入。', 'A custom category by which to group this output.': '用于归类此输出。', 'UI Hint': '编辑控件', 'The UI hint of the input.': '输入的编辑控件。', 'A single line of text input': '单行文字', 'Single line': '单行文字',
  'Multi-line': '多行文字', 'Multi line': '多行文字', Checkbox: '复选框', 'Check list': '多选列表', 'Radio list': '单选列表', Dropdown: '下拉列表', 'Multi text': '多项文字', 'Code editor': '代码编辑器', 'Date/time picker': '日期时间',
  'Variable picker': '选择变量', 'Workflow definition picker': '选择流程', 'Output picker': '选择输出', 'Outcome picker': '选择出口', 'JSON editor': 'JSON 编辑器', 'Dynamic outcomes': '动态出口', Primitives: '基本类型', 'Rollback to this version': '恢复到此版本', 'Rollback': '恢复',
  'Rollback to this version?': '恢复到此版本？', 'Are you sure you want to rollback to this version?': '确定恢复到此版本吗？', 'Delete version?': '删除此版本？', 'Are you sure you want to delete this version?': '确定删除此版本吗？', 'Delete selected versions?': '删除所选版本？', 'Are you sure you want to delete the selected versions?': '确定删除所选版本吗？',
  'Current version': '当前版本', 'Edit Workflow Definition': '编辑流程', 'Edit workflow definition': '编辑流程', 'Edit workflow': '编辑流程', 'Retract workflow': '撤回流程', 'Export JSON': '导出 JSON', 'Import JSON': '导入 JSON',
  'Show in designer': '在流程图中显示', 'Open expression editor': '打开表达式编辑器', 'Edit expression': '编辑表达式', Literal: '固定值', Object: '对象', Expression: '表达式', Variable: '变量', 'Select a variable': '选择变量', 'Select an output': '选择输出', 'Select a type': '选择类型',
  'Output variable': '写入变量', 'Bind to': '绑定到', 'Unsaved changes': '有未保存的修改', 'You have unsaved changes. Are you sure you want to leave?': '有未保存的修改，确定离开吗？', 'This activity cannot be found.': '找不到此活动。', 'Node ID': '节点编号', 'Activity ID': '活动编号', 'Activity type': '活动类型',
  'Controls how this activity merges inbound connections. Converge will wait for all inbound connections to complete, while Race will allow the first inbound connection to proceed and cancel the others. Stream will allow all inbound connections to proceed, while Cascade will allow the activity to be executed once for each inbound connection.': '决定多条连线汇入时如何继续。',
  Inherit: '继承', Include: '记录', Exclude: '不记录', Configuration: '配置', 'Add item': '添加一项', 'Add header': '添加一项', 'Remove item': '移除', Primitive: '基本类型', Strategy: '策略',
} as const

const instances = {
  'Workflow instances': '流程实例', 'Workflow Instances': '流程实例', 'Has Incidents': '有故障', 'Has incidents': '有故障', 'Search on Id, Definition Id, Definition Version Id, Correlation Id': '按实例、流程、版本、关联编号搜索', 'Sub status': '子状态', 'Sub Status': '子状态', SubStatus: '子状态',
  'Date Filters': '日期筛选', 'Date filters': '日期筛选', 'Correlation ID': '关联编号', Incidents: '故障', Incident: '故障', 'Refresh (Ctrl + R)': '刷新（Ctrl + R）', "Poll every 10's": '每10秒刷新', 'Pause Polling': '暂停自动刷新', 'Resume Polling': '恢复自动刷新',
  Running: '运行中', Pending: '待开始', Executing: '执行中', Suspended: '等待中', Cancelled: '已取消', Canceled: '已取消', Faulted: '出现故障', Interrupted: '已中断', Completed: '已完成', Started: '已开始', Retried: '已重试', Resumed: '已继续', Blocked: '等待中',
  'Not executed': '尚未执行', 'Delete workflow instance?': '删除实例？', 'Are you sure you want to delete this workflow instance?': '确定删除此实例吗？', 'Delete selected workflow instances?': '删除所选实例？', 'Are you sure you want to delete the selected workflow instances?': '确定删除所选实例吗？',
  'Cancel workflow instance?': '取消实例？', 'Are you sure you want to cancel this workflow instance?': '确定取消此实例吗？', 'Cancel selected workflow instances?': '取消所选实例？', 'Are you sure you want to cancel the selected workflow instances?': '确定取消所选实例吗？',
  'Apply to all matches': '应用于全部符合条件的实例', 'Is': '等于', 'Is not': '不等于', IsNot: '不等于', 'Less than': '早于', 'Greater than': '晚于', LessThan: '早于', GreaterThan: '晚于', LessThanOrEqual: '不晚于', GreaterThanOrEqual: '不早于', 'Less than or equal': '不晚于', 'Greater than or equal': '不早于', CreatedAt: '创建时间', UpdatedAt: '更新时间', FinishedAt: '结束时间',
  Journal: '流水', 'Activity Call Stack': '活动调用链', 'Call stack': '调用链', 'Show accumulated time': '显示累计时间', 'Show relative time': '显示相对时间', 'Showing all events': '显示全部事件', 'Showing incidents': '只看故障', 'Show all events': '显示全部事件', 'Show incidents': '只看故障', 'Showing start and end events': '只看开始和结束',
  'Select an activity execution to view its call stack.': '选择一次执行，查看它的调用链。', Executions: '执行记录', 'Definition version': '流程版本', 'Definition version ID': '流程版本编号', 'Structured Logs': '结构化日志', 'Open filtered logs': '打开筛选后的日志', 'Continue with incidents': '故障后继续', Fault: '故障后停止',
  'Workflow State': '流程状态', 'Workflow state': '流程状态', Duration: '耗时', 'Has Retries': '有重试', 'Activity Instance ID': '活动实例编号', ActivityId: '活动编号', ActivityNodeId: '活动节点', ActivityType: '活动类型', StackTrace: '调用栈', 'Stack trace': '调用栈', Exception: '异常', 'No outputs': '没有输出', 'No inputs': '没有输入', 'No variables': '没有变量', 'No incidents': '没有故障', 'No executions': '没有执行记录',
  'Instance ID': '实例编号', 'Include referencing workflows': '包含引用它的流程', 'Workflows that reference the selected workflow(s) will be included in the export.': '引用所选流程的流程也一并导出。', 'Instance Id': '实例编号', 'Workflow instance': '流程实例', 'Workflow Instance': '流程实例', Memory: '内存', 'Started at': '开始时间', 'Completed at': '完成时间', 'Finished at': '结束时间', 'Execution time': '执行时间', Outcome: '出口', State: '状态', Payload: '附加数据', Event: '事件', 'Event name': '事件', Timestamp: '时间', Retries: '重试', Attempt: '次数', 'Incident strategy': '故障处理策略', 'Parent instance ID': '上级实例编号', 'Parent ID': '上级编号', 'Created at': '创建时间', 'Updated at': '更新时间', 'Last executed': '最近执行',
} as const

/** Chinese by English. */
export const dictionary: ReadonlyMap<string, string> = new Map(Object.entries({ ...everywhere, ...definitions, ...editor, ...instances }))

const EVENTS: Record<string, string> = { Retried: '重试', Started: '开始', Completed: '完成', Faulted: '故障', Suspended: '等待', Resumed: '继续', Canceled: '取消', Cancelled: '取消', Error: '错误' }

/** Labels with changing parts. */
export const patterns: readonly Pattern[] = [
  [/^(\d+) workflows? imported successfully\.$/, '已导入 $1 个流程。'],
  ...Object.entries(EVENTS).map(([english, chinese]): Pattern => [new RegExp(`^(\\S+) - ${english}$`), `$1 · ${chinese}`]),
  [/^Select (\w+)$/, '选择 $1'],
  [/^(\d+) selected$/, '已选 $1 项'],
  [/^(.+) \(Date\)$/, '$1（日期）'],
  [/^(.+) \(Time\)$/, '$1（时间）'],
  [/^Version (\d+)$/, '第 $1 版'],
  [/^(\d+) workflows? (?:has|have) been deleted\.?$/, '已删除 $1 个流程'],
  [/^(\d+) workflow instances? (?:has|have) been deleted\.?$/, '已删除 $1 个实例'],
  [/^(\d+) workflow instances? (?:has|have) been cancelled\.?$/, '已取消 $1 个实例'],
]
